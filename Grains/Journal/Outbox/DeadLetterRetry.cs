using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>Delivers a dead letter once more, by hand.</summary>
internal sealed class DeadLetterRetry(IDeadLetters letters, IEffectCourier courier, TimeProvider time)
{
    /// <summary>The one of a number; null when it isn't there.</summary>
    public async ValueTask<DeadLetter?> FindAsync(long id) =>
        id < 1 || await letters.ListAsync(id - 1, 1) is not [var letter] || letter.Id != id ? null : letter;

    /// <returns>Null when it has arrived and is forgotten; else why not: its receiver has refused it again, or somebody else had it
    /// delivered.</returns>
    /// <exception cref="Exception">A fault of the way, such as a silo that leaves: it says nothing of the letter, which stays as it
    /// is.</exception>
    public async Task<Refusal?> RunAsync(DeadLetter letter)
    {
        try
        {
            await courier.DeliverAsync([letter.Delivery]);
        }
        catch (Exception e) when (!DeliveryFaults.IsOfTheWay(e))
        {
            var again = letter with { Attempts = letter.Attempts + 1, LastAt = time.GetUtcNow(), Why = DeadLetter.Said(e) };
            return await letters.RefusedAgainAsync(again)
                ? RecordingRefusals.RefusedAgain(letter.Id, again.Why)
                : RecordingRefusals.NotSetAside(letter.Id);
        }

        await letters.ForgetAsync(letter.Id);
        return null;
    }
}
