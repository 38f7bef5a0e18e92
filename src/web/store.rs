//! The store: the one door on the page. Everything that changes goes through
//! [`Store::dispatch`]; everyone who must know subscribes.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use crate::edit::activity::ActivityClock;
use crate::edit::apply::ChangeSummary;
use crate::edit::commands::run::{Outcome, press, run};
use crate::edit::commands::{CommandContext, CommandResult, Snap};
use crate::edit::editor::Editor;
use crate::edit::keymap::{Command, KeyPress};
use crate::edit::notice::{Effect, Notice, Refusal};
use crate::edit::state::State;
use crate::edit::transaction::Transaction;
use crate::model::ids::{AnnotatorId, IdSource};
use crate::web::clock;

/// What happened, for those who subscribed.
pub enum StoreEvent {
    /// Another document, or the same one read anew.
    Opened(Rc<State>),
    Changed(Changed),
    /// What a command did or would not do.
    Noticed(Result<Notice, Refusal>),
    /// A command that needs the screen.
    Asked {
        command: Command,
        extend: bool,
    },
}

/// A transaction that was applied.
pub struct Changed {
    pub old: Rc<State>,
    pub new: Rc<State>,
    pub transaction: Rc<Transaction>,
    pub summary: Rc<ChangeSummary>,
    /// Not made here but followed from another tab: stored already.
    pub is_followed: bool,
}

/// Called with each event.
type Listener = Rc<dyn Fn(&Rc<StoreEvent>)>;

/// Ends with the value.
pub struct Subscription {
    store: Weak<Store>,
    id: u64,
}

/// The editor of the open document and those who listen to it.
pub struct Store {
    editor: RefCell<Editor>,
    state: RefCell<Rc<State>>,
    ids: RefCell<IdSource>,
    annotator: RefCell<AnnotatorId>,
    snap: Cell<Snap>,
    single_keys: Cell<bool>,
    is_read_only: Cell<bool>,
    /// `None` where a person does not want the time at work counted.
    activity: Cell<Option<ActivityClock>>,
    listeners: RefCell<Vec<(u64, Listener)>>,
    next_listener: Cell<u64>,
    /// Transactions asked for while one is under way: they follow, they do not nest.
    queue: RefCell<VecDeque<Transaction>>,
    is_dispatching: Cell<bool>,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(store) = self.store.upgrade() {
            store.listeners.borrow_mut().retain(|(id, _)| *id != self.id);
        }
    }
}

impl Store {
    pub fn new(editor: Editor, annotator: AnnotatorId) -> Rc<Store> {
        let state = Rc::new(editor.state().clone());
        Rc::new(Store {
            editor: RefCell::new(editor),
            state: RefCell::new(state),
            ids: RefCell::new(IdSource::new(clock::seed())),
            annotator: RefCell::new(annotator),
            snap: Cell::default(),
            single_keys: Cell::new(true),
            is_read_only: Cell::new(false),
            activity: Cell::new(None),
            listeners: RefCell::default(),
            next_listener: Cell::new(0),
            queue: RefCell::default(),
            is_dispatching: Cell::new(false),
        })
    }

    pub fn state(&self) -> Rc<State> {
        self.state.borrow().clone()
    }

    /// The editor as it is now: cheap, everything is shared.
    pub fn editor(&self) -> Editor {
        self.editor.borrow().clone()
    }

    pub fn annotator(&self) -> AnnotatorId {
        self.annotator.borrow().clone()
    }

    pub fn set_annotator(&self, annotator: AnnotatorId) {
        *self.annotator.borrow_mut() = annotator;
    }

    pub fn with_ids<T>(&self, make: impl FnOnce(&mut IdSource) -> T) -> T {
        make(&mut self.ids.borrow_mut())
    }

    pub fn set_editing(&self, snap: Snap, single_keys: bool) {
        self.snap.set(snap);
        self.single_keys.set(single_keys);
    }

    pub fn snap(&self) -> Snap {
        self.snap.get()
    }

    pub fn is_read_only(&self) -> bool {
        self.is_read_only.get()
    }

    pub fn set_read_only(&self, is_read_only: bool) {
        self.is_read_only.set(is_read_only);
    }

    /// Whether the time at work is counted from now on.
    pub fn set_counts_time(&self, counts_time: bool) {
        if counts_time != self.activity.get().is_some() {
            self.activity.set(counts_time.then(ActivityClock::default));
        }
    }

    /// A person did something. Stores a number and no more.
    pub fn note_activity(&self) {
        if let Some(mut clock) = self.activity.get() {
            clock.note(clock::now_ms());
            self.activity.set(Some(clock));
        }
    }

    /// The time at work that leads to an edit made now, in milliseconds.
    fn take_active_ms(&self) -> u32 {
        self.note_activity();
        let Some(mut clock) = self.activity.get() else { return 0 };
        let active_ms = clock.take();
        self.activity.set(Some(clock));
        active_ms
    }

    /// Calls `listener` with every event from now on, in the order of subscriptions.
    pub fn subscribe(self: &Rc<Self>, listener: impl Fn(&Rc<StoreEvent>) + 'static) -> Subscription {
        let id = self.next_listener.get();
        self.next_listener.set(id + 1);
        self.listeners.borrow_mut().push((id, Rc::new(listener)));
        Subscription { store: Rc::downgrade(self), id }
    }

    /// Puts another document in.
    pub fn open(&self, editor: Editor) {
        let state = Rc::new(editor.state().clone());
        // What was spent on the document before is not this one's.
        self.activity.set(self.activity.get().map(|_| ActivityClock::default()));
        *self.editor.borrow_mut() = editor;
        *self.state.borrow_mut() = state.clone();
        self.tell(StoreEvent::Opened(state));
    }

    /// Runs a pure command and dispatches what it gives.
    pub fn command(&self, command: impl FnOnce(&State, &mut CommandContext<'_>) -> CommandResult) {
        let result = {
            let editor = self.editor.borrow();
            self.with_context(|ctx| command(editor.state(), ctx))
        };
        self.finish(result);
    }

    /// As [`Store::command`], with a snap of its own.
    pub fn command_snapped(
        &self,
        snap: Snap,
        command: impl FnOnce(&State, &mut CommandContext<'_>) -> CommandResult,
    ) {
        let usual = self.snap.replace(snap);
        self.command(command);
        self.snap.set(usual);
    }

    /// Runs a command of the table.
    pub fn run(&self, command: Command, extend: bool) {
        let outcome = {
            let editor = self.editor.borrow();
            self.with_context(|ctx| run(&editor, ctx, command, extend))
        };
        self.settle(outcome);
    }

    /// What a key press asks for. Whether it meant anything.
    pub fn press(&self, key_press: &KeyPress) -> bool {
        let outcome = {
            let editor = self.editor.borrow();
            self.with_context(|ctx| press(&editor, ctx, key_press, self.single_keys.get()))
        };
        let meant_something = outcome.is_some();
        if let Some(outcome) = outcome {
            self.settle(outcome);
        }
        meant_something
    }

    /// Applies a transaction and tells everyone; the rest of the page follows from that.
    pub fn dispatch(&self, transaction: Transaction) {
        self.queue.borrow_mut().push_back(transaction);
        if self.is_dispatching.replace(true) {
            return;
        }
        loop {
            let next = self.queue.borrow_mut().pop_front();
            let Some(transaction) = next else { break };
            if let Err(refusal) = self.apply(transaction, false) {
                self.tell(StoreEvent::Noticed(Err(refusal)));
            }
        }
        self.is_dispatching.set(false);
    }

    /// Applies a transaction that another tab made and stored.
    pub fn follow(&self, transaction: Transaction) -> Result<(), Refusal> {
        self.apply(transaction, true)
    }

    pub fn notice(&self, notice: Result<Notice, Refusal>) {
        self.tell(StoreEvent::Noticed(notice));
    }

    fn apply(&self, mut transaction: Transaction, is_followed: bool) -> Result<(), Refusal> {
        if self.is_read_only.get() && !is_followed && !transaction.edits.is_empty() {
            return Err(Refusal::ReadOnly);
        }
        if !is_followed && !transaction.edits.is_empty() {
            transaction.active_ms = self.take_active_ms();
        }
        let old = self.state();
        let summary = self.editor.borrow_mut().dispatch(&transaction).map_err(|_| Refusal::Internal)?;
        let new = Rc::new(self.editor.borrow().state().clone());
        *self.state.borrow_mut() = new.clone();
        let changed =
            Changed { old, new, transaction: Rc::new(transaction), summary: Rc::new(summary), is_followed };
        self.tell(StoreEvent::Changed(changed));
        Ok(())
    }

    fn settle(&self, outcome: Outcome) {
        match outcome {
            Outcome::Done(result) => self.finish(result),
            Outcome::Screen { command, extend } => self.tell(StoreEvent::Asked { command, extend }),
        }
    }

    fn finish(&self, result: CommandResult) {
        match result {
            Ok(Effect { transaction, notice }) => {
                let is_refused = self.is_read_only.get()
                    && transaction.as_ref().is_some_and(|transaction| !transaction.edits.is_empty());
                if let Some(transaction) = transaction {
                    self.dispatch(transaction);
                }
                if let Some(notice) = notice.filter(|_| !is_refused) {
                    self.tell(StoreEvent::Noticed(Ok(notice)));
                }
            }
            Err(refusal) => self.tell(StoreEvent::Noticed(Err(refusal))),
        }
    }

    pub fn with_context<T>(&self, run: impl FnOnce(&mut CommandContext<'_>) -> T) -> T {
        let mut ids = self.ids.borrow_mut();
        let annotator = self.annotator.borrow();
        let mut ctx = CommandContext {
            time_ms: clock::now_ms(),
            ids: &mut ids,
            annotator: &annotator,
            snap: self.snap.get(),
        };
        run(&mut ctx)
    }

    fn tell(&self, event: StoreEvent) {
        let event = Rc::new(event);
        // A copy, since a listener may subscribe or let go.
        let listeners: Vec<Listener> =
            self.listeners.borrow().iter().map(|(_, listener)| listener.clone()).collect();
        for listener in listeners {
            listener(&event);
        }
    }
}
