//! How hard a passphrase is to guess, said honestly.
//!
//! `zxcvbn` knows English words, names, dates and keyboard patterns, but no Danish: it takes
//! "mormor elsker kaffe" for random letters and would praise it without measure. So its estimate
//! is capped by a plain count in which every run of letters is a word that a guesser has in a
//! list, whatever the language.

use crate::wire::{Strength, Weakness};

/// Guesses a second that one well-equipped computer makes against Argon2id with 64 MiB.
///
/// A current graphics card reaches some hundred; a thousand errs on the guesser's side.
const GUESSES_PER_SECOND: f64 = 1_000.0;

const SECONDS_PER_YEAR: f64 = 365.25 * 86_400.0;

/// The least work, as a power of ten of guesses, that a passphrase must ask for.
const ACCEPTED_LOG10: f64 = 10.5;

/// Estimates how hard a passphrase is to guess.
#[must_use]
pub fn strength(passphrase: &str) -> Strength {
    let estimate = zxcvbn::zxcvbn(passphrase, &["fristed", "refleksion", "journal", "leder"]);
    let guesses = estimate.guesses_log10().min(words_log10(passphrase)).max(0.0);
    let years_log10 = guesses - (2.0 * GUESSES_PER_SECOND * SECONDS_PER_YEAR).log10();
    let accepted = guesses >= ACCEPTED_LOG10;
    let score = match guesses {
        g if g < 6.0 => 0,
        g if g < 8.5 => 1,
        g if g < ACCEPTED_LOG10 => 2,
        g if g < 13.0 => 3,
        _ => 4,
    };
    Strength {
        score,
        years_log10,
        accepted,
        weakness: (!accepted).then(|| weakness(passphrase, &estimate)),
    }
}

/// The guesses, as a power of ten, when every run of letters is a word from a list.
///
/// A short run counts as random letters (26 each); a word of four letters as one of ten
/// thousand, and each further letter adds a quarter of a decade, since longer Danish words are
/// compounds of the same few thousand. Digits count ten each, other signs twenty.
fn words_log10(passphrase: &str) -> f64 {
    let mut total = 0.0;
    let mut letters = 0_u32;
    for c in passphrase.chars().chain(std::iter::once(' ')) {
        if c.is_alphabetic() {
            letters += 1;
            continue;
        }
        total += word_log10(std::mem::take(&mut letters));
        total += match c {
            ' ' => 0.0,
            c if c.is_numeric() => 1.0,
            _ => 20.0_f64.log10(),
        };
    }
    total
}

fn word_log10(letters: u32) -> f64 {
    let letters = f64::from(letters);
    let random = letters * 26.0_f64.log10();
    random.min(4.0 + 0.25 * (letters - 4.0).max(0.0))
}

fn weakness(passphrase: &str, estimate: &zxcvbn::Entropy) -> Weakness {
    use zxcvbn::feedback::Warning as W;
    match estimate.feedback().and_then(zxcvbn::feedback::Feedback::warning) {
        Some(
            W::StraightRowsOfKeysAreEasyToGuess
            | W::ShortKeyboardPatternsAreEasyToGuess
            | W::RepeatsLikeAaaAreEasyToGuess
            | W::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess
            | W::SequencesLikeAbcAreEasyToGuess,
        ) => Weakness::Pattern,
        Some(W::RecentYearsAreEasyToGuess | W::DatesAreOftenEasyToGuess) => Weakness::Date,
        Some(
            W::NamesAndSurnamesByThemselvesAreEasyToGuess | W::CommonNamesAndSurnamesAreEasyToGuess,
        ) => Weakness::Name,
        _ if passphrase.chars().count() < 12 => Weakness::Short,
        _ => Weakness::Common,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_uses_is_refused() {
        for weak in ["", "sommer", "Sommer2026!", "password123", "qwertyuiop", "aaaaaaaaaaaaaaaa"] {
            let found = strength(weak);
            assert!(!found.accepted, "{weak} must not be accepted");
            assert!(found.weakness.is_some(), "a refusal says why");
        }
    }

    #[test]
    fn a_single_danish_word_is_not_taken_for_random_letters() {
        assert!(!strength("speciallægepraksisplanlægning").accepted);
        assert!(!strength("mormor elsker").accepted);
    }

    #[test]
    fn a_few_words_that_do_not_belong_together_are_accepted() {
        for good in ["havtorn blyant torsdag kande", "kvist-lampe-hegn-11", "xK9#mQ2$vL7w"] {
            let found = strength(good);
            assert!(found.accepted, "{good} should be accepted, got {found:?}");
            assert_eq!(found.weakness, None);
        }
    }

    #[test]
    fn more_words_are_never_weaker() {
        let three = strength("havtorn blyant torsdag");
        let four = strength("havtorn blyant torsdag kande");
        assert!(four.years_log10 > three.years_log10);
    }
}
