using TownReform.Grains.Journal;

namespace TownReform.Grains.Neighbours;

/// <summary>The seal of a town on this silo, as cases come to it without a call. Any thread may call it.</summary>
internal interface ILocalSeal
{
    /// <summary>Takes the next certificate number for a decision. While the caller holds it nobody else gets one: numbers reach the journal
    /// in their order. Record it at once and dispose of it.</summary>
    /// <param name="asking">What the case would ask by an effect, were it on another silo.</param>
    /// <returns>False when the seal is not open, or the case has a number; nothing is held.</returns>
    bool TryTake(Delivery asking, out TakenNumber number);

    /// <summary>Records the number that is held, in one commit with the decision that bears it.</summary>
    /// <param name="decision">The case's own records.</param>
    /// <returns>Completes when both are safe. If it fails, say so by <see cref="Lost"/>.</returns>
    Task<JournalHead> Record(JournalAppend decision);

    /// <summary>Lets others come for a number; one that was not recorded is given again.</summary>
    void Leave();

    /// <summary>A number that was given did not come on record. Cases come by the grain again, which reads what did.</summary>
    void Lost();
}

/// <summary>A certificate number that a case holds, and with it the seal, until it is disposed of.</summary>
internal readonly ref struct TakenNumber(ILocalSeal seal, string certificate)
{
    /// <summary>The number in full, such as 烟行许〔2019〕2号.</summary>
    public string Certificate => certificate;

    /// <inheritdoc cref="ILocalSeal.Record"/>
    public Task<JournalHead> Record(JournalAppend decision) => seal.Record(decision);

    public void Dispose() => seal.Leave();
}
