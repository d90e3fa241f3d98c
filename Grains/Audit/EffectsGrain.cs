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
        if (Letters is not { } letters)
        {
            return RecordingRefusals.NotSetAside(id);
        }

        return (await new DeadLetterRetry(letters, courier, time).RunAsync(id)).IsRefused(out var refusal, out var letter) ? refusal : View(letter);
    }

    private static SetAside View(DeadLetter letter) => new(
        letter.Id, letter.Delivery.Id.Stream, letter.Delivery.Id.Version, letter.Delivery.Id.Ordinal, letter.Delivery.TargetType, letter.Delivery.TargetKey, letter.Delivery.At,
        Encoding.UTF8.GetString(StoredJson.Write(letter.Delivery.Effect)), letter.Attempts, letter.FirstAt, letter.LastAt, letter.Why);
}
