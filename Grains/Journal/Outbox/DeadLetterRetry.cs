using TownReform.Grains.Recording;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>Delivers a dead letter once more, by hand.</summary>
internal sealed class DeadLetterRetry(IDeadLetters letters, IEffectCourier courier, TimeProvider time)
{
    /// <returns>The letter, which has arrived and is forgotten; or why not: nobody knows its number, or its receiver has refused it again.</returns>
    /// <exception cref="Exception">A fault of the way, such as a silo that leaves: it says nothing of the letter, which stays as it is.</exception>
    public async Task<Outcome<DeadLetter>> RunAsync(long id)
    {
        if (id < 1 || await letters.ListAsync(id - 1, 1) is not [var letter] || letter.Id != id)
        {
            return RecordingRefusals.NotSetAside(id);
        }

        try
        {
            await courier.DeliverAsync([letter.Delivery]);
        }
        catch (Exception e) when (!DeliveryFaults.IsOfTheWay(e))
        {
            var again = letter with { Attempts = letter.Attempts + 1, LastAt = time.GetUtcNow(), Why = DeadLetter.Said(e) };
            return await letters.RefusedAgainAsync(again) ? RecordingRefusals.RefusedAgain(id, again.Why) : RecordingRefusals.NotSetAside(id);
        }

        await letters.ForgetAsync(id);
        return letter;
    }
}
