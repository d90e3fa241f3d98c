using System.Collections.Immutable;

namespace TownReform;

/// <summary>The law or the state says no. A value, never an exception; recorded on the stream it was said to.</summary>
/// <param name="Code">Stable number; never reused.</param>
/// <param name="Clause">The clause of the plans (A3, E2 …) or the statute that says no.</param>
/// <param name="Because">Why, for people, in Chinese and English.</param>
/// <param name="Facts">The facts that caused it, by name.</param>
[GenerateSerializer, Immutable, Alias("refusal")]
public sealed record Refusal(RefusalCode Code, string Clause, Words Because, ImmutableArray<Fact> Facts);

/// <summary>One named fact behind a refusal; dates are ISO, money has two decimals.</summary>
[GenerateSerializer, Immutable, Alias("fact")]
public readonly record struct Fact(string Name, string Value);

/// <summary>Stable numbers of refusals, by area. A retired number stays a hole.</summary>
public enum RefusalCode
{
    // 1000 cases
    CaseUnknown = 1001,
    CaseNumberTaken = 1002,
    CaseEnded = 1003,
    ActUnknown = 1004,
    ActNotHere = 1005,
    FieldMissing = 1006,
    FieldMalformed = 1007,
    FieldUnknown = 1008,
    ProcedureUnknown = 1009,
    ProcedureNotForKind = 1010,
    SubjectUnknown = 1011,
    CaseFrozen = 1012,
    SubjectNotWanted = 1013,
    CaseNotThen = 1014,
    PapersAlreadyTold = 1020,
    ExtensionUsed = 1021,
    ClockTooLate = 1022,
    AuthorisationMissing = 1023,
    GreenChannelUnknown = 1024,
    CaseDecided = 1025,
    OutsideCalendar = 1026,
    OtherCounter = 1027,

    /// <summary>More papers on one case, or larger ones together, than are taken.</summary>
    PapersTooMany = 1028,

    /// <summary>A paper that is named was never handed in, or by somebody else.</summary>
    PaperUnknown = 1029,

    /// <summary>The seeds don't hold the version of the procedure that the case was opened by.</summary>
    ProcedureVersionUnknown = 1030,

    /// <summary>What a rule of the procedure reads isn't there; no rule passes because of that.</summary>
    RuleReadsMissing = 1031,

    /// <summary>The act is one to be done case by case.</summary>
    ActNotInBatch = 1032,

    /// <summary>Nobody has the step in hand, or not the officer from whom it is taken.</summary>
    TaskNotInHand = 1033,

    /// <summary>The officer to whom a step is given has it already.</summary>
    TaskInHandAlready = 1034,

    // 1100 enquiries
    EnquiryTakerAway = 1101,
    EnquiryOwnsAlready = 1102,
    EnquiryHandedBack = 1103,
    EnquiryDutyUnnamed = 1104,

    // 1200 ratings
    RatingTooEarly = 1201,
    RatingGivenAlready = 1202,
    RatingTooLate = 1203,

    // 2000 powers
    PowerNotInForce = 2001,
    PowerRecalled = 2002,
    PowerSuspended = 2003,
    RouteClosed = 2004,
    OutsideGuidance = 2005,
    NotReady = 2006,
    PowerUnknown = 2007,
    PowerInWrongState = 2008,
    PromiseLongerThanLaw = 2010,

    // 2500 sealing
    SecondSealDemanded = 2502,
    CountyMayOnlyFile = 2503,
    FilingUnknown = 2504,
    SealNotSet = 2505,

    // 3000 people
    StaffUnknown = 3001,
    ActorWrongRole = 3002,
    ActorAbsent = 3003,
    SecondmentNotApproved = 3010,
    SecondmentTooLong = 3011,
    SecondmentUnderTwoYears = 3012,
    SecondmentUnderAgreement = 3013,
    SecondmentDatesWrong = 3014,
    SecondmentOverlaps = 3015,
    StaffAlreadyKnown = 3016,
    LeaveDatesWrong = 3017,
    LeaveOverlaps = 3018,

    /// <summary>Only the town itself acts as the system; nobody says it from outside.</summary>
    SystemFromOutside = 3020,

    /// <summary>Somebody speaks for an office that isn't theirs on that day.</summary>
    OfficeNotHeld = 3021,

    /// <summary>Nobody marks themselves, or approves their own leave.</summary>
    OwnMatter = 3022,

    // 4000 establishment
    PostsExhausted = 4001,
    PostNotHeld = 4002,
    PostAlreadyHeld = 4003,

    // 5000 assessments
    ExcellentShareExhausted = 5001,
    NotGraded = 5002,
    GradeOfOtherGroup = 5003,
    RoundClosed = 5004,
    RoundUnknown = 5005,
    RoundAlreadyOpen = 5006,
    NotInRound = 5007,

    /// <summary>The list of an assessment round leaves out people of the town's own record.</summary>
    PeopleLeftOut = 5008,

    // 6000 towns
    TownUnknown = 6001,
    TownNotFounded = 6002,
    TownFoundedOtherwise = 6003,

    /// <summary>The seeds have no plan of a town that has open cases.</summary>
    TownGone = 6004,

    /// <summary>The seeds don't hold a procedure, or the version of it, that open cases go by.</summary>
    ProcedureGone = 6005,

    /// <summary>A procedure says something else than when its open cases began, under the same version.</summary>
    ProcedureChanged = 6006,

    /// <summary>Two silos of a cluster, or a silo and a client that judges by its own, have other seeds.</summary>
    SeedsDiffer = 6007,

    // 7000 enforcement
    OfficersNotTwo = 7001,
    OfficerNotCertified = 7002,
    FineOutsideBand = 7003,
    SummaryLimitExceeded = 7004,
    CollectorSameAsDecider = 7005,
    AccountNotTreasury = 7006,
    OnTheSpotTooMuch = 7007,
    ReviewerHandledCase = 7008,
    LimitationPassed = 7009,
    HearingNotDue = 7010,
    AmountNotPaid = 7011,
    TakingsHandedInLate = 7012,
    NotAnOffence = 7013,
    NoPowerToPunish = 7014,
    HearingNoticeTooShort = 7015,

    /// <summary>A day that a command states lies after its own, or before what it belongs to.</summary>
    StatedDayOutside = 7016,
    FineAboveNotice = 7017,
    HeavierForSpeaking = 7018,
    FineAboveLaw = 7019,
    FineBelowLaw = 7020,
    GroupNotAgreed = 7021,
    GroupTooSmall = 7022,
    NoPenaltyGroundMissing = 7023,
    PublicNoticeRunning = 7024,
    CourtTooEarly = 7025,
    CourtTooLate = 7026,
    DemandTooShort = 7027,
    CourtStillOpen = 7028,
    DeferralTooLate = 7029,
    DeferralNotLater = 7030,
    NoHearingCase = 7031,
    FindingNotRecorded = 7032,
    TransferNotAbove = 7041,
    TransferredBefore = 7042,
    TransferNotToPolice = 7043,
    HandedOverLate = 7044,

    /// <summary>Who is named besides isn't of the office that does the step.</summary>
    SecondOfficerElsewhere = 7045,
    FeeDayWrong = 7050,
    FeePayerNotAllowed = 7051,
    PayOnBehalfNotKnown = 7052,
    ReceiptUsed = 7053,
    ReceiptNumberUnfit = 7054,
    FeeAndProcedureDiffer = 7055,

    // 9000 requests
    CommandIdReused = 9001,
    Busy = 9002,

    /// <summary>The case has another version than the one that the actor has seen.</summary>
    CaseMovedOn = 9003,

    /// <summary>A page is asked for behind a cursor that the list never gave.</summary>
    CursorUnknown = 9004,
    NotForClients = 9010,
    NotSetAside = 9011,
    EffectRefusedAgain = 9012,
    NoSuchOffice = 9013,

    /// <summary>Stamped further from the silo's clock than is allowed.</summary>
    MomentOffClock = 9020,

    /// <summary>Stamped before the last record of its stream.</summary>
    MomentBeforeLastRecord = 9021,

    /// <summary>A late entry without its reason or its paper.</summary>
    LateEntryIncomplete = 9022,

    // 9030 texts that can't be taken
    TextMissing = 9030,
    TextTooLong = 9031,
    TextForbidden = 9032,
    TooManyEntries = 9033,
}
