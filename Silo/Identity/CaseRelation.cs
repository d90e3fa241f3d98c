namespace TownReform.Silo.Identity;

/// <summary>What somebody has to do with a case; of several the one that opens most.</summary>
internal enum CaseRelation
{
    /// <summary>Nothing: to them there is no such case.</summary>
    None = 0,

    /// <summary>They are its party.</summary>
    Party = 1,

    /// <summary>They act for its party, and the case keeps the authorisation (B4).</summary>
    Agent = 2,

    /// <summary>Their office has it now, or it is theirs in person.</summary>
    Office = 3,

    /// <summary>Their office opened it, and another has it now.</summary>
    OpenedHere = 4,

    /// <summary>Their office has had a part in it, and has it no more (移交、办结).</summary>
    HandedOver = 5,

    /// <summary>It is about an item in whose first months their department guides the town (A5).</summary>
    Guided = 6,

    /// <summary>It is their town's, of another office.</summary>
    OwnTown = 7,

    /// <summary>It is of a simulated world, into which they look.</summary>
    Simulated = 8,
}

/// <summary>What somebody may do with a case.</summary>
[Flags]
internal enum CaseRights
{
    None = 0,

    /// <summary>It stands in their lists.</summary>
    Line = 1,

    /// <summary>They read its file.</summary>
    Read = 2,

    /// <summary>They try its acts; the case says whether.</summary>
    Act = 4,

    /// <summary>They hand in papers.</summary>
    Papers = 8,

    /// <summary>They rate how it was handled.</summary>
    Rate = 16,

    /// <summary>They give it to another officer of the office.</summary>
    HandOver = 32,

    /// <summary>They see who has read its file.</summary>
    Readers = 64,
}
