//! Danish.

use fristed_app::wire::ErrorCode;

use super::network_da::sharing;
use super::{Checks, Notices, Phrases, Said, Usage};
use crate::failure::Failure;

pub(super) const PHRASES: Phrases = Phrases {
    ask_passphrase: "Adgangssætning: ",
    ask_new_passphrase: "Ny adgangssætning: ",
    ask_again: "Den samme igen: ",
    ask_password: "Adgangskode: ",
    gone: "(slettet)",
    no_calendars: "Ingen kalendere.",
    source_counts: [
        "venter på at blive sendt",
        "ændret begge steder",
        "væk fra serveren",
        "slettet her",
    ],
    created: "Din journal ligger i {}.",
    new_recovery: "Her er din nye gendannelsesnøgle. Den gamle åbner ikke længere noget her.",
    keep_recovery: "Gem gendannelsesnøglen på papir, et andet sted end computeren. Den vises kun nu, og ingen andre har den.",
    weak: "Den adgangssætning er let at gætte. Fire-fem ord, der ikke hører sammen, er bedre.",
    type_away: "Skriv din refleksion; slut med Ctrl D på en tom linje.",
    untitled: "(ingen tekst)",
    no_entries: "Ingen refleksioner.",
    no_hits: "Intet fundet.",
    passphrase_changed: "Adgangssætningen er skiftet. Den gamle åbner ikke længere noget her.",
    computer_added: "Computerens nøglering kan nu åbne journalen, når vinduet starter.",
    computer_forgotten: "Computeren er glemt. Journalen åbnes med adgangssætningen eller gendannelsesnøglen.",
    kinds: ["Adgangssætning", "Denne computer", "Gendannelsesnøgle"],
    import_preview: ["nye refleksioner", "er her i forvejen", "udeladt"],
    import_done: ["refleksioner tilføjet", "var her i forvejen", "udeladt"],
    attachments: "vedhæftede filer",
    days: "fra {a} til {b}",
    skipped: [
        "over 50 MB",
        "nævnt i en refleksion, men ikke i filen",
        "tom",
        "kan ikke læses",
        "ikke en slags fil, der kan importeres",
        "navnet peger uden for mappen",
    ],
    more_skipped: "og {} til",
    events: ["nye begivenheder", "ændrede begivenheder", "er her i forvejen", "udeladt"],
    bad_line: "Linje {line}: {why}.",
    bad_reasons: [
        "en begivenhed uden starttidspunkt er udeladt",
        "en begivenhed uden id har fået et",
        "en gentagelse kan ikke læses, så begivenheden er taget med én gang",
        "noget begynder og slutter ikke, og er udeladt",
        "noget kan ikke læses og er udeladt",
        "noget er ikke en begivenhed og er udeladt",
    ],
    unknown_zone: "Tidszonen {} kendes ikke; tiderne er taget som denne computers.",
    no_events: "Ingen begivenheder.",
    shown_up_to: "En række gentages for tit til at vises helt; efter {} kan noget mangle.",
    all_day: "hele dagen",
    dry_run: "Intet er gemt endnu. Udelad --dry-run for at hente det ind.",
    exported: "{n} refleksioner ligger i {}, ukrypteret: den, der kan åbne mappen, kan læse dem.",
    unreadable: [
        "udeladte refleksioner",
        "refleksioner, der mangler mærker, stjerne, tid eller bilag",
        "udeladte bilag",
    ],
    checks: Checks {
        pages: "Hver side i lageret",
        structure: "Lagerets opbygning",
        references: "Det, der hører sammen",
        keys: "Nøglerne",
        search: "Søgeregisteret",
        attachments: "De vedhæftede filer",
    },
    whole: "i orden",
    damaged: "beskadiget",
    notices: Notices {
        log_missing: "Lagerets log var væk. Det sidste, der blev skrevet før det, kan mangle.",
        foreign_log: "Her lå en log fra et andet lager. Den er lagt til side og ikke brugt.",
        read_only: "Journalen kan læses her, men der kan ikke skrives.",
        migrated: "Journalen er bragt over i denne versions form. En sikkerhedskopi ligger i dens mappe.",
    },
    network: &super::network_da::PHRASES,
    usage: Usage {
        unknown: "{} findes ikke.",
        missing: "{} mangler.",
        invalid: "{} kan ikke bruges sådan.",
        conflict: "{} passer ikke sammen med resten.",
        other: "Det kan ikke forstås.",
        help: "Se fristed-cli --help.",
    },
};

const fn said(what: &'static str, next: &'static str) -> Said {
    Said { what, next }
}

pub(super) const fn code(code: ErrorCode) -> Said {
    match code {
        ErrorCode::WrongKey => said(
            "Den nøgle åbner ikke denne journal.",
            "Se den efter, og prøv igen; intet er ændret.",
        ),
        ErrorCode::RecoveryKeyMistyped => said(
            "Det er ikke en gendannelsesnøgle: et tegn er forkert eller mangler.",
            "Sammenlign med dit papir, gruppe for gruppe.",
        ),
        ErrorCode::Locked => {
            said("Journalen er låst.", "Åbn den med adgangssætningen eller gendannelsesnøglen.")
        }
        ErrorCode::InUse => {
            said("Journalen er åben i et andet program.", "Luk den dér, og prøv igen.")
        }
        ErrorCode::Newer => said(
            "Et nyere Fristed har skrevet denne journal.",
            "Installér den version; intet er ændret her.",
        ),
        ErrorCode::Damaged => said(
            "Journalens lager er beskadiget.",
            "Læg først en kopi af mappen til side. Så siger `fristed-cli check`, hvad der er i stykker, og `fristed-cli export` skriver alt det ud, som kan læses.",
        ),
        ErrorCode::KeysDamaged => said(
            "Filen med nøglerne, keys.json, er beskadiget.",
            "Læg en kopi af den tilbage fra en sikkerhedskopi af mappen.",
        ),
        ErrorCode::NoVault => said(
            "Her er ingen journal.",
            "Angiv dens mappe med --vault, eller lav en med `fristed-cli create`.",
        ),
        ErrorCode::VaultExists => said(
            "Her er en journal i forvejen.",
            "Intet er ændret. Vælg en anden mappe med --vault.",
        ),
        ErrorCode::FolderUnusable => {
            said("Mappen kan ikke rumme en journal.", "Vælg en ny eller tom mappe.")
        }
        ErrorCode::NoSpace => {
            said("Der er ikke mere plads.", "Intet af dette er gemt. Gør plads, og prøv igen.")
        }
        ErrorCode::NotWritable => said(
            "Her kan ikke skrives.",
            "Intet er gemt. Se efter mappens rettigheder, eller om disken kun kan læses.",
        ),
        ErrorCode::Io => {
            said("Der kunne ikke læses eller skrives.", "Se stien og disken efter, og prøv igen.")
        }
        ErrorCode::KeyringUnavailable => said(
            "Computerens nøglering svarer ikke.",
            "Brug adgangssætningen eller gendannelsesnøglen.",
        ),
        ErrorCode::KeyringLocked => said(
            "Computerens nøglering er låst.",
            "Lås den op, og prøv igen, eller brug adgangssætningen.",
        ),
        ErrorCode::KeyringKeyMissing => said(
            "Nøgleringen har ingen nøgle til denne journal.",
            "Brug adgangssætningen eller gendannelsesnøglen.",
        ),
        ErrorCode::PassphraseTooWeak => said(
            "Adgangssætningen er for let at gætte.",
            "Tag fire-fem ord, der ikke hører sammen.",
        ),
        ErrorCode::NotFound => {
            said("Den refleksion findes ikke.", "`fristed-cli list` viser de id'er, der er.")
        }
        ErrorCode::AttachmentTooLarge => said(
            "Den vedhæftede fil er over 50 MB.",
            "Gør den mindre, eller gem den et andet sted.",
        ),
        ErrorCode::TextTooLarge => said("Teksten er over 50 MB.", "Del den i flere refleksioner."),
        ErrorCode::Changed => {
            said("Teksten er ændret et andet sted imens.", "Se refleksionen, og prøv igen.")
        }
        ErrorCode::BadTime => said(
            "Datoen eller klokkeslættet kan ikke læses.",
            "Skriv det som 2026-11-24 eller \"2026-11-24 16:40\".",
        ),
        ErrorCode::UnknownFormat => said(
            "Det er ikke en fil, Fristed kan læse.",
            "Giv den Day Ones zip eller JSON, jrnls JSON, en mappe med Markdown eller en eksport fra Fristed.",
        ),
        ErrorCode::BadFile => said(
            "Filen er i stykker eller usikker.",
            "Intet er importeret. Eksportér den igen fra det program, den kommer fra.",
        ),
        ErrorCode::TooLarge => said(
            "Filen kræver mere, end der kan importeres på én gang.",
            "Intet er importeret. Del den i mindre.",
        ),
        ErrorCode::Cancelled => said("Stoppet.", "Intet er ændret."),
        ErrorCode::NotEmpty => {
            said("Mappen er ikke tom.", "Vælg en ny eller tom mappe; intet er skrevet.")
        }
        ErrorCode::LinkRefused => {
            said("Den slags adresser åbnes ikke.", "Kun web- og mailadresser åbnes.")
        }
        ErrorCode::Unreachable => said(
            "Serveren svarer ikke, eller der er ikke noget net.",
            "Det, der allerede er hentet, er her stadig. Se efter, om du er på nettet, og prøv igen.",
        ),
        ErrorCode::SignInRefused => said(
            "Serveren tager ikke imod navnet eller adgangskoden.",
            "Skriv dem igen. Nogle servere vil have en særlig adgangskode til programmer.",
        ),
        ErrorCode::AddressRefused => said(
            "Den adresse henter Fristed ikke fra.",
            "Brug en adresse, der begynder med https, og som ikke fører videre til en fil eller et lukket sted.",
        ),
        ErrorCode::CertificateBad => said(
            "Serveren kan ikke vise, at den er den, den siger. Intet er sendt til den.",
            "Spørg din it-afdeling, om serverens certifikat er i orden.",
        ),
        ErrorCode::NotACalendar => said(
            "Der ligger ikke en kalender på den adresse.",
            "Kopiér adressen igen. Den ender som regel på .ics.",
        ),
        ErrorCode::ServerRefused => said(
            "Serveren sagde nej.",
            "Intet er gået tabt. Bliver det ved, så spørg den, der står for serveren.",
        ),
        ErrorCode::CalendarAlreadyHere => said(
            "Den kalender er her allerede.",
            "Vælg en anden, eller ret adressen på den, du har.",
        ),
        ErrorCode::CalendarReadOnly => said(
            "Den kalender kan kun læses her.",
            "Lav begivenheden i en af dine egne kalendere, eller ret den dér, hvor kalenderen kommer fra.",
        ),
        ErrorCode::AlreadyMeeting => said(
            "Den begivenhed er allerede et netværksmøde.",
            "Åbn mødet, eller vælg en anden begivenhed.",
        ),
        ErrorCode::EventAlreadyThere => said(
            "Den begivenhed er allerede i den kalender.",
            "Find den dér, eller vælg en anden kalender.",
        ),
        ErrorCode::EndBeforeStart => said(
            "Slutningen ligger før begyndelsen, eller tiderne passer ikke sammen.",
            "Ret start og slut, og prøv igen. Intet er ændret.",
        ),
        ErrorCode::SeriesTooLong => said(
            "Rækken er for lang til at blive delt her.",
            "Ret hele rækken, eller kun denne ene gang.",
        ),
        ErrorCode::TooManyEvents => said(
            "Filen har flere dele, end Fristed tager imod på én gang. Intet er hentet ind.",
            "Del filen op i mindre, for eksempel et år ad gangen.",
        ),
        ErrorCode::UndoGone => said(
            "Ændringen kan ikke længere fortrydes.",
            "Ret begivenheden selv. Resten af kalenderen er, som den var.",
        ),
        ErrorCode::InvitationRefused => said(
            "Invitationen ændrer ikke noget her: den kommer ikke fra arrangøren, eller der er en nyere.",
            "Se i kalenderen, hvad der gælder, eller spørg arrangøren.",
        ),
        ErrorCode::NotInvited => said(
            "Du er ikke blandt de inviterede i denne invitation.",
            "Vælg, hvilken af de inviterede du er, og prøv igen.",
        ),
        ErrorCode::NotSignedIn => said(
            "Ingen er logget ind til deling.",
            "Log ind med `fristed-cli network login`, eller i vinduet under Indstillinger.",
        ),
        ErrorCode::SignedOut => said(
            "Serveren har logget denne computer ud.",
            "Log ind igen. Alt, hvad du har delt og modtaget, er her stadig.",
        ),
        ErrorCode::NotAServer => said(
            "Der er ingen server til deling på den adresse.",
            "Se adressen efter, eller spørg den, der driver serveren.",
        ),
        ErrorCode::ServerLacks => said(
            "Serveren mangler noget, som deling kræver.",
            "Bed den, der driver serveren, om at opdatere den. Intet er sendt.",
        ),
        ErrorCode::TooManyRequests => said(
            "Serveren beder om en pause.",
            "Intet er gået tabt. Fristed prøver igen af sig selv om lidt.",
        ),
        ErrorCode::NoBrowser => said(
            "Ingen browser kunne åbnes. Intet er sendt, og intet er gemt.",
            "Åbn en browser, og prøv igen.",
        ),
        ErrorCode::NoSuchPeer => said(
            "Der er ingen med den adresse.",
            "Se adressen efter; den ser ud som @karla:kommune.dk.",
        ),
        ErrorCode::NotAllowed => said(
            "Det har du ikke lov til i det netværk.",
            "Spørg den, der lavede netværket. Intet er ændret.",
        ),
        ErrorCode::IdentityChanged => said(
            "Nogen i netværket har fået en ny nøgle, så intet sendes.",
            "Ring og spørg, om hun har fået ny computer, og svar så i vinduet på netværkets side.",
        ),
        ErrorCode::CodeRefused => said(
            "Koden åbner ikke noget.",
            "Se den efter, og bed om, at den bliver vist, mens du skriver den.",
        ),
        ErrorCode::AboveServerLimit => said(
            "Det er større, end serveren tager imod.",
            "Del mindre, eller lad den store fil blive hjemme. Intet er sendt, og intet er gået tabt.",
        ),
        ErrorCode::IdentityKeyWrong => {
            said("Den nøgle åbner ikke noget.", "Se den efter. Intet er ændret.")
        }
        ErrorCode::StillShared => said(
            "Det, du har trukket tilbage, kan ikke blive stående: De andre har det endnu.",
            "Fristed prøver igen af sig selv. Vil du ikke vente, så prøv igen med --retry.",
        ),
        ErrorCode::FromCopy => said(
            "Det ventede på at blive sendt, da journalen blev kopieret hertil. Det er her stadig, men det kan være sendt eller trukket tilbage siden.",
            "Prøv igen med --retry, hvis det stadig skal deles; ellers opgiv det med --drop.",
        ),
        ErrorCode::NotLeftYet => said(
            "Du er stadig med i netværket. Det, du har delt, er ved at blive trukket tilbage.",
            "Vent, til serveren svarer, og prøv så igen at forlade det.",
        ),
        ErrorCode::AlreadySignedIn => said(
            "Du er allerede logget ind til deling.",
            "Log ud først, hvis du vil bruge en anden konto.",
        ),
        ErrorCode::NotSent => said(
            "Det er ikke sendt endnu, så ingen kan svare på det.",
            "Prøv igen, når det er sendt.",
        ),
        ErrorCode::NothingToShare => {
            said("Der er ikke noget at dele.", "Skriv noget, eller vælg en anden refleksion.")
        }
        ErrorCode::IdentityMissing => said(
            "Denne computer er ikke kendt som din endnu.",
            "Svar på spørgsmålet under Indstillinger, Deling. Intet er gået tabt.",
        ),
        ErrorCode::RoomNotFit => said(
            "Det netværk er ikke krypteret, eller det viser gammelt for nye, så der deles intet i det.",
            "Bed den, der lavede det, om at lave det i Fristed. Intet er sendt.",
        ),
        ErrorCode::SharedFileDamaged => {
            said("Filen er ikke den, der blev delt.", "Bed om at få den delt igen. Intet er gemt.")
        }
        ErrorCode::SharingKeysDamaged => said(
            "Nøglerne til deling på denne computer kan ikke læses eller skrives.",
            "Se, om disken er fuld. Ellers log ud og ind igen; din journal er, som den var.",
        ),
        ErrorCode::AlreadySent => said("Det er allerede sendt.", "Træk det tilbage i stedet."),
        ErrorCode::Internal => said(
            "Der gik noget galt i Fristed selv.",
            "Intet, der var gemt, er gået tabt. Prøv igen.",
        ),
    }
}

pub(super) const fn own(failure: &Failure) -> Said {
    match failure {
        Failure::NoTerminal => said(
            "Der skal bruges en nøgle, og der er ingen terminal at spørge i.",
            "Angiv en fil med --passphrase-file eller --recovery-key-file.",
        ),
        Failure::NotTheSame => {
            said("De to adgangssætninger er ikke ens.", "Intet er ændret. Prøv igen.")
        }
        Failure::EmptyPassphrase => {
            said("Adgangssætningen er tom.", "Tag fire-fem ord, der ikke hører sammen.")
        }
        Failure::NothingToChange => said(
            "Der er intet at ændre.",
            "Giv den nye tekst på standard input, eller et tilvalg som --title.",
        ),
        Failure::BadTime => code(ErrorCode::BadTime),
        Failure::NoTemplate(_) => {
            said("Den skabelon findes ikke; disse gør.", "Tag en af dem, eller ingen.")
        }
        Failure::NotText => {
            said("Standard input er ikke tekst i UTF-8.", "Intet er gemt. Konvertér det først.")
        }
        Failure::TextTooLarge => code(ErrorCode::TextTooLarge),
        Failure::File(..) => said("Filen kan ikke læses.", "Se dens navn og rettigheder efter."),
        Failure::Input(_) => said("Standard input kan ikke læses.", "Intet er gemt."),
        Failure::Output(_) => {
            said("Standard output kan ikke skrives.", "Se den disk efter, som det skal skrives på.")
        }
        Failure::DamageFound => code(ErrorCode::Damaged),
        Failure::LeftOut(_) => said(
            "Journalens lager er beskadiget.",
            "Alt, der kan læses, er skrevet. Læg en kopi af journalens mappe til side, behold eksporten, og importér den i en ny journal, hvis der ikke er en bedre kopi.",
        ),
        Failure::Sharing(failure) => sharing(failure),
        Failure::App(_) => code(ErrorCode::Internal),
    }
}
