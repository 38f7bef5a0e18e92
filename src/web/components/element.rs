//! Elements put together by calls: `element("p").class("hint").child(tr!("hint.text")).html()`.
//!
//! In place of `html!`, which writes out in each place what these functions do in one: 22 kB of the
//! page. It is left for the blocks of the article, where speed counts, and for properties (`~value`).

use std::rc::Rc;

use yew::html::{BaseComponent, IntoEventCallback};
use yew::prelude::*;
use yew::virtual_dom::{Key, Listener, VChild, VList, VTag, VText};

/// An element that is being put together; or, without a tag, several nodes side by side.
pub struct Element(Box<Parts>);

struct Parts {
    tag: Option<VTag>,
    children: Vec<Html>,
}

/// What an attribute can be. Of an `Option` that is none, the attribute is not there.
pub trait Attribute {
    fn set(self, element: Element, name: &'static str) -> Element;
}

/// What can be inside of an element.
pub trait Child {
    fn add_to(self, parent: Element) -> Element;
}

#[inline(never)]
pub fn element(tag: &'static str) -> Element {
    Element(Box::new(Parts { tag: Some(VTag::new(tag)), children: Vec::new() }))
}

/// Nodes side by side.
#[inline(never)]
pub fn fragment() -> Element {
    Element(Box::new(Parts { tag: None, children: Vec::new() }))
}

/// A button that sends no form.
#[inline(never)]
pub fn button() -> Element {
    element("button").attr("type", "button")
}

/// A choice of a `select`.
pub fn select_option(value: impl Attribute, is_chosen: bool, name: impl Child) -> Element {
    element("option").attr("value", value).flag("selected", is_chosen).child(name)
}

/// A component. What `html!` checks of its props costs a kilobyte for each.
pub fn component<C: BaseComponent>(props: C::Properties) -> Html {
    VChild::<C>::new(props, None).into()
}

pub fn keyed_component<C: BaseComponent>(key: impl Into<Key>, props: C::Properties) -> Html {
    VChild::<C>::new(props, Some(key.into())).into()
}

/// A callback that sends its component a message. By a pointer to the function that makes it, so that
/// all of one type share their code.
#[inline(never)]
pub fn sending<C: Component, T: 'static>(ctx: &Context<C>, message: fn(T) -> C::Message) -> Callback<T> {
    ctx.link().callback(message)
}

// Nearly all functions are kept from being inlined: that is what they are for.
impl Element {
    pub fn class(self, class: impl Attribute) -> Element {
        class.set(self, "class")
    }

    /// An attribute as HTML names it. For those of `input` and `textarea` that change, see
    /// [`Element::value`] and [`Element::checked`].
    pub fn attr(self, name: &'static str, value: impl Attribute) -> Element {
        value.set(self, name)
    }

    /// An attribute that says something by being there.
    #[inline(never)]
    pub fn flag(self, name: &'static str, is: bool) -> Element {
        self.attr(name, is.then_some(name))
    }

    /// What tells it from its siblings.
    pub fn key(self, key: impl Into<Key>) -> Element {
        let key = key.into();
        self.with_tag(move |tag| tag.key = Some(key))
    }

    /// Where its element on the page is to be found.
    #[inline(never)]
    pub fn node(self, node: NodeRef) -> Element {
        self.with_tag(move |tag| tag.node_ref = node)
    }

    /// What is in an `input` or `textarea`.
    pub fn value(self, value: impl Into<AttrValue>) -> Element {
        let value = value.into();
        self.with_tag(move |tag| tag.set_value(Some(value)))
    }

    /// Whether an `input` is ticked.
    #[inline(never)]
    pub fn checked(self, is: bool) -> Element {
        self.with_tag(move |tag| tag.set_checked(is))
    }

    /// Tells `callback` this value when it is clicked.
    #[inline(never)]
    pub fn sends<T: Clone + 'static>(self, callback: &Callback<T>, value: T) -> Element {
        let callback = callback.clone();
        self.onclick(Callback::from(move |_: MouseEvent| callback.emit(value.clone())))
    }

    pub fn child(self, child: impl Child) -> Element {
        child.add_to(self)
    }

    /// A child that is not always there. Its place is, so that Yew knows its siblings again.
    pub fn child_if<C: Child>(self, is: bool, child: impl FnOnce() -> C) -> Element {
        if is { child().add_to(self) } else { self.child(Html::default()) }
    }

    pub fn children<C: Child>(self, children: impl IntoIterator<Item = C>) -> Element {
        children.into_iter().fold(self, |parent, child| child.add_to(parent))
    }

    #[inline(never)]
    pub fn html(self) -> Html {
        let Parts { tag, children } = *self.0;
        let children = VList::with_children(children, None).into();
        match tag {
            None => children,
            Some(mut tag) => {
                if let Some(inside) = tag.children_mut() {
                    *inside = children;
                }
                tag.into()
            }
        }
    }

    fn with_tag(mut self, change: impl FnOnce(&mut VTag)) -> Element {
        self.0.tag.as_mut().map(change);
        self
    }

    #[inline(never)]
    fn listen(self, listener: Option<Rc<dyn Listener>>) -> Element {
        self.with_tag(move |tag| {
            if let Some(listener) = listener {
                tag.add_listener(listener);
            }
        })
    }
}

/// Handlers of events, named as in HTML.
macro_rules! handlers {
    ($($name:ident: $event:ident),*) => {
        impl Element {
            $(pub fn $name(self, callback: impl IntoEventCallback<$event>) -> Element {
                let callback = callback.into_event_callback();
                self.listen(callback.map(|callback| Rc::new(yew::html::$name::Wrapper::new(callback)) as _))
            })*
        }
    };
}

handlers! {
    onblur: FocusEvent, onchange: Event, onclick: MouseEvent, onclose: Event,
    onfocus: FocusEvent, oninput: InputEvent, onkeydown: KeyboardEvent, onmousedown: MouseEvent,
    onmouseenter: MouseEvent, onmouseleave: MouseEvent, onpointerdown: PointerEvent, onscroll: Event,
    onsubmit: SubmitEvent
}

impl Attribute for AttrValue {
    #[inline(never)]
    fn set(self, element: Element, name: &'static str) -> Element {
        element.with_tag(move |tag| tag.add_attribute(name, self))
    }
}

impl Attribute for &'static str {
    #[inline(never)]
    fn set(self, element: Element, name: &'static str) -> Element {
        AttrValue::Static(self).set(element, name)
    }
}

impl Attribute for String {
    #[inline(never)]
    fn set(self, element: Element, name: &'static str) -> Element {
        AttrValue::from(self).set(element, name)
    }
}

impl Attribute for Classes {
    #[inline(never)]
    fn set(self, element: Element, name: &'static str) -> Element {
        (!self.is_empty()).then(|| self.to_string()).set(element, name)
    }
}

impl<A: Attribute> Attribute for Option<A> {
    fn set(self, element: Element, name: &'static str) -> Element {
        match self {
            Some(value) => value.set(element, name),
            None => element,
        }
    }
}

impl Child for Html {
    #[inline(never)]
    fn add_to(self, mut parent: Element) -> Element {
        parent.0.children.push(self);
        parent
    }
}

impl Child for Element {
    #[inline(never)]
    fn add_to(self, parent: Element) -> Element {
        self.html().add_to(parent)
    }
}

impl Child for AttrValue {
    #[inline(never)]
    fn add_to(self, parent: Element) -> Element {
        Html::from(VText::new(self)).add_to(parent)
    }
}

impl Child for &AttrValue {
    #[inline(never)]
    fn add_to(self, parent: Element) -> Element {
        self.clone().add_to(parent)
    }
}

impl Child for &str {
    #[inline(never)]
    fn add_to(self, parent: Element) -> Element {
        AttrValue::Rc(Rc::from(self)).add_to(parent)
    }
}

impl Child for &String {
    fn add_to(self, parent: Element) -> Element {
        self.as_str().add_to(parent)
    }
}

impl Child for String {
    #[inline(never)]
    fn add_to(self, parent: Element) -> Element {
        self.as_str().add_to(parent)
    }
}

impl<C: Child> Child for Option<C> {
    fn add_to(self, parent: Element) -> Element {
        match self {
            Some(child) => child.add_to(parent),
            // Keeps the place: siblings without keys are told apart by their number, and one that is
            // taken for another loses the focus.
            None => Html::default().add_to(parent),
        }
    }
}
