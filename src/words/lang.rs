//! Which languages there are, and how people name them: tags such as `fr-CH`, and what an environment says.

use include_dir::{Dir, include_dir};

pub(super) static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/words");

/// A language that the tool speaks.
///
/// ```
/// use crossfoot::words::Lang;
/// let tags: Vec<&str> = Lang::all().map(Lang::tag).collect();
/// assert_eq!(tags, ["en", "fr"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang(&'static str);

impl Lang {
    /// The language of the code, of JSON, and of what another language lacks.
    pub const ENGLISH: Self = Self("en");

    /// All of them, by their tags.
    pub fn all() -> impl Iterator<Item = Self> {
        let mut tags: Vec<&'static str> =
            FOLDER.dirs().filter_map(|folder| folder.path().file_name()?.to_str()).collect();
        tags.sort_unstable();
        tags.into_iter().map(Lang)
    }

    /// Its tag, such as `fr`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        self.0
    }

    /// The language of a tag, of whatever region; `None` for one that the tool does not speak.
    ///
    /// ```
    /// use crossfoot::words::Lang;
    /// assert_eq!(Lang::named("FR-ch").map(Lang::tag), Some("fr"));
    /// assert_eq!(Lang::named("frr"), None);
    /// assert_eq!(Lang::named(""), None);
    /// ```
    #[must_use]
    pub fn named(tag: &str) -> Option<Self> {
        let language = tag.trim().split(['-', '_', '.', '@']).next()?;
        Self::all().find(|known| known.0.eq_ignore_ascii_case(language))
    }

    /// The language of an environment's locale, such as `fr_CH.UTF-8`; English for `C` and for what the tool does not speak.
    ///
    /// Give it the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set and not empty: the environment is read where the
    /// command starts, and nowhere else.
    ///
    /// ```
    /// use crossfoot::words::Lang;
    /// assert_eq!(Lang::of_locale("fr_CH.UTF-8").tag(), "fr");
    /// assert_eq!(Lang::of_locale("C"), Lang::ENGLISH);
    /// ```
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        Self::named(locale).unwrap_or(Self::ENGLISH)
    }
}
