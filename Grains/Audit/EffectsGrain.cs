using System.Collections.Immutable;
using System.Text;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Writing;
using TownReform.Grains.Recording;

namespace TownReform.Grains.Audit;

/// <inheritdoc cref="IEffectsGrain"/>
[GrainType("effects")]
public sealed class EffectsGrain(IWorlds worlds, IEffectCourier courier, TimeProvider time) : Grain, IEffectsGrain, IForgettable
{
    public bool HasNothing => this.GetPrimaryKeyString() != Address.Live;

    private const int Page = 500;

    private IDeadLetters? Letters => worlds.Of(this.GetPrimaryKeyString()).DeadLetters;

    public async Task<ImmutableArray<SetAside>> ListAsync(long afterId) =>
        Letters is { } letters ? [.. (await letters.ListAsync(afterId, Page)).Select(View)] : [];

    public async Task<Outcome<SetAside>> RetryAsync(long id)
    {
        if (Letters is not { } letters || id < 1 || await letters.ListAsync(id - 1, 1) is not [var letter] || letter.Id != id)
        {
            return RecordingRefusals.NotSetAside(id);
        }

        try
        {
            await courier.DeliverAsync([letter.Delivery]);
        }
        catch (Exception e)
        {
            var again = letter with { Attempts = letter.Attempts + 1, LastAt = time.GetUtcNow(), Why = Short($"{e.GetType().Name}: {e.Message}") };
            await letters.KeepAsync([again], CancellationToken.None);
            return RecordingRefusals.RefusedAgain(id, again.Why);
        }

        await letters.ForgetAsync(id);
        return View(letter);
    }

    private static string Short(string text) => text.Length <= DeadLetter.LongestWhy ? text : text[..DeadLetter.LongestWhy];

    private static SetAside View(DeadLetter letter) => new(
        letter.Id, letter.Delivery.Id.Stream, letter.Delivery.Id.Version, letter.Delivery.Id.Ordinal, letter.Delivery.TargetType, letter.Delivery.TargetKey, letter.Delivery.At,
        Encoding.UTF8.GetString(StoredJson.Write(letter.Delivery.Effect)), letter.Attempts, letter.FirstAt, letter.LastAt, letter.Why);
}
