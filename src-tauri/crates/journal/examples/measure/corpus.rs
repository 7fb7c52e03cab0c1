//! Danish-like text out of the word list that Debian's `hunspell-da` ships. Common words come
//! very often, most come hardly ever, and new compounds never stop coming.

use std::fs;

const LIST: &str = "/usr/share/hunspell/da_DK.dic";

/// The commonest words of Danish text, which every entry has many of.
const COMMON: &str = "og i jeg det at en den til er som på de med han af for ikke der var mig sig \
    men et har om vi min havde ham hun nu over da fra du ud sin dem os op man hans hvor eller hvad \
    skal selv her alle vil blev kunne ind når være dog noget ville jo deres efter ned skulle denne \
    end dette mit også under have dig anden hende mine alt meget sit sine vor mod disse hvis din \
    nogle hos blive mange ad bliver hendes været thi jer sådan";

/// What a leader writes about.
const OWN: &str = "skole leder ledelse møde netværk samtale tillid elev medarbejder plan kollega \
    forældre budget trivsel tid uge energi opgave beslutning feedback hr mus ny team dialog";

/// A small generator of numbers that look random, the same in every run (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.roll() >> 16) as usize % end
    }

    fn unit(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

pub struct Corpus {
    words: Vec<String>,
    own: Vec<&'static str>,
    pub dice: Dice,
}

impl Corpus {
    pub fn new(seed: u64) -> Self {
        let list = fs::read_to_string(LIST).expect("the package hunspell-da");
        let mut stems: Vec<String> = list
            .lines()
            .filter_map(|line| line.split(['/', '\t', ' ']).next())
            .filter(|word| (3..=16).contains(&word.chars().count()))
            .filter(|word| word.chars().all(char::is_lowercase))
            .map(str::to_owned)
            .collect();
        let mut dice = Dice(seed);
        for i in (1..stems.len()).rev() {
            stems.swap(i, dice.below(i + 1));
        }
        let mut words: Vec<String> = COMMON.split_whitespace().map(str::to_owned).collect();
        words.append(&mut stems);
        Self { words, own: OWN.split_whitespace().collect(), dice }
    }

    fn zipf(&mut self) -> String {
        let rank = (self.words.len() as f64).powf(self.dice.unit()) as usize - 1;
        self.words[rank.min(self.words.len() - 1)].clone()
    }

    /// A word: mostly of the list, now and then one of a leader's own, a compound or a bent form.
    pub fn word(&mut self) -> String {
        match self.dice.below(100) {
            0..4 => {
                let own = self.own[self.dice.below(self.own.len())];
                let ending = ["", "", "en", "et", "er", "ne"][self.dice.below(6)];
                format!("{own}{ending}")
            }
            4..7 => {
                let own = self.own[self.dice.below(self.own.len())];
                let joint = ["", "s", "e"][self.dice.below(3)];
                let other = self.zipf();
                if self.dice.below(2) == 0 {
                    format!("{own}{joint}{other}")
                } else {
                    format!("{other}{joint}{own}")
                }
            }
            7..12 => {
                format!("{}{}", self.zipf(), ["en", "et", "er", "s", "ne"][self.dice.below(5)])
            }
            _ => self.zipf(),
        }
    }

    pub fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    /// A text of about one kilobyte.
    pub fn body(&mut self) -> String {
        let mut text = String::with_capacity(1_200);
        while text.len() < 950 {
            let count = 5 + self.dice.below(14);
            text.push_str(&self.words(count));
            text.push_str(if self.dice.below(4) == 0 { ".\n\n" } else { ". " });
        }
        text
    }
}
