//! Markdown of rules' pages as HTML. What is HTML in it is shown as text; links are shown, and followed by nobody but the reader.

use maud::PreEscaped;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// A page as markup, its headings below those of the report.
pub(super) fn markdown(text: &str) -> PreEscaped<String> {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        // A picture would be a request.
        Event::Start(Tag::Image { .. }) => Event::Start(Tag::Emphasis),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Emphasis),
        Event::Start(Tag::Link { dest_url, link_type, title, id }) => {
            let dest_url = if is_web(&dest_url) { dest_url } else { "#pages".into() };
            Event::Start(Tag::Link { dest_url, link_type, title, id })
        }
        Event::Start(Tag::Heading { level, .. }) => {
            Event::Start(Tag::Heading { level: below(level), id: None, classes: Vec::new(), attrs: Vec::new() })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level))),
        event => event,
    });
    let mut page = String::with_capacity(text.len() * 2);
    html::push_html(&mut page, events);
    PreEscaped(page)
}

/// Links that lead to a page of the web; another, such as one of JavaScript, leads nowhere.
fn is_web(link: &str) -> bool {
    let link = link.to_ascii_lowercase();
    link.starts_with("https://") || link.starts_with("http://")
}

fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H4,
        HeadingLevel::H2 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn what_could_run_or_ask_for_something_is_text() {
        let text =
            "# A\n\n<script>x</script> ![p](http://e/x.png) [l](javascript:x) a <b onclick=x>b</b>\n\n<iframe src=x>\n";
        let page = markdown(text).into_string();
        assert!(page.starts_with("<h4>A</h4>"), "{page}");
        for bad in ["<script", "<img", "href=\"javascript", "<b ", "<iframe"] {
            assert!(!page.contains(bad), "{bad}: {page}");
        }
    }
}
