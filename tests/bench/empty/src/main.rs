//! A page of Yew with nothing on it, for the bench: what any program made with it needs to start.

use yew::prelude::*;

#[component]
fn Empty() -> Html {
    html! { <p id="empty">{ "–" }</p> }
}

fn main() {
    yew::Renderer::<Empty>::new().render();
}
