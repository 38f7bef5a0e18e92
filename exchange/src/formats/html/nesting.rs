//! Headings, quotes and lists of the article, nested as HTML wants them.

use sourcier::view_model::forms::Form;

/// The elements that are open between two blocks of the article.
#[derive(Default)]
pub(super) struct Nesting {
    is_quote: bool,
    /// The outermost first. Each has an open item.
    lists: Vec<&'static str>,
}

impl Nesting {
    /// Opens what a block of this form stands in, closes what it does not, and gives what the block
    /// itself starts and ends with. Nothing is put between elements: white space shows in lists.
    pub(super) fn enter(&mut self, form: Form, out: &mut String) -> (String, &'static str) {
        let level = usize::from(form.list_level);
        let tag = if form.item.flatten().is_some() { "ol" } else { "ul" };
        let is_other_list =
            form.item.is_some() && self.lists.get(level.wrapping_sub(1)).is_some_and(|it| *it != tag);
        let kept = if form.is_quote != self.is_quote { 0 } else { level - usize::from(is_other_list) };
        self.close_lists(kept, out);
        if form.is_quote != self.is_quote {
            out.push_str(if form.is_quote { "<blockquote>" } else { "</blockquote>\n" });
            self.is_quote = form.is_quote;
        }
        if form.item.is_some() && self.lists.len() == level {
            out.push_str("</li>");
        }
        let is_new_item = form.item.is_some() || self.lists.len() < level;
        while self.lists.len() < level {
            self.lists.push(tag);
            out.push_str(&format!("<{tag}>"));
            out.push_str(if self.lists.len() < level { "<li>" } else { "" });
        }
        match form {
            Form { item: Some(Some(number)), .. } => (format!("<li dir=\"auto\" value=\"{number}\">"), ""),
            _ if is_new_item => ("<li dir=\"auto\">".to_owned(), ""),
            // The page has the first level.
            Form { heading_level: 1, .. } => ("<h2 dir=\"auto\">".to_owned(), "</h2>\n"),
            Form { heading_level: 2, .. } => ("<h3 dir=\"auto\">".to_owned(), "</h3>\n"),
            Form { heading_level: 3.., .. } => ("<h4 dir=\"auto\">".to_owned(), "</h4>\n"),
            _ => ("<p dir=\"auto\">".to_owned(), if level > 0 { "</p>" } else { "</p>\n" }),
        }
    }

    /// Closes all that is open.
    pub(super) fn leave(&mut self, out: &mut String) {
        self.enter(Form::default(), out);
    }

    fn close_lists(&mut self, kept: usize, out: &mut String) {
        while self.lists.len() > kept {
            let tag = self.lists.pop().unwrap_or_default();
            out.push_str(&format!("</li></{tag}>"));
            out.push_str(if self.lists.is_empty() { "\n" } else { "" });
        }
    }
}
