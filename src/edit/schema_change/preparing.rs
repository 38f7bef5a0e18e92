//! A draft on its way to being a step, with all that follows, so that a person can look at it before: in steps,
//! since in a long work it touches very much.

use std::rc::Rc;

use crate::edit::derive::Completing;
use crate::edit::schema_change::SchemaDraft;
use crate::edit::schema_change::plan::{Plan, Preview, plan, sum};
use crate::edit::state::State;
use crate::edit::transaction::Edit;
use crate::model::schema::Schema;

/// A draft of the schema of a work, while what it does is worked out.
pub struct Preparing {
    state: State,
    draft: SchemaDraft,
    schema: Rc<Schema>,
    completing: Completing,
}

/// What a draft does to a work: the edits of one step, and their sum.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub schema: Rc<Schema>,
    pub edits: Vec<Edit>,
    pub preview: Preview,
    state: State,
}

/// With all steps.
pub fn prepare(state: &State, draft: &SchemaDraft, time_ms: u64) -> Prepared {
    let mut preparing = Preparing::new(state, draft, time_ms);
    while preparing.step() {}
    preparing.finish()
}

impl Preparing {
    pub fn new(state: &State, draft: &SchemaDraft, time_ms: u64) -> Preparing {
        let Plan { schema, edits } = plan(state, draft, time_ms);
        let completing = Completing::new(state, edits, time_ms);
        Preparing { state: state.clone(), draft: draft.clone(), schema, completing }
    }

    /// Goes on a little. Whether there is more to do before [`Preparing::finish`].
    pub fn step(&mut self) -> bool {
        self.completing.step()
    }

    /// How much is done.
    pub fn percent(&self) -> usize {
        self.completing.percent()
    }

    /// What the draft does, once [`Preparing::step`] said that there is no more to do.
    pub fn finish(self) -> Prepared {
        let Preparing { state, draft, schema, completing } = self;
        let edits = completing.finish();
        let preview = sum(&state, &draft, &edits);
        Prepared { schema, edits, preview, state }
    }
}

impl Prepared {
    /// Whether it was worked out for the work as it is in `state`.
    pub fn is_of(&self, state: &State) -> bool {
        self.state.annotations.same(&state.annotations)
            && self.state.relations.same(&state.relations)
            && Rc::ptr_eq(&self.state.entities, &state.entities)
            && Rc::ptr_eq(&self.state.fields, &state.fields)
            && self.state.paragraphs == state.paragraphs
    }
}
