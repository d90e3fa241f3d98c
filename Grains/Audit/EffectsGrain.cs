using System.Collections.Immutable;
using System.Text;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Writing;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Audit;

/// <inheritdoc cref="IEffectsGrain"/>
[GrainType("effects")]
public sealed class EffectsGrain(IWorlds worlds, SeedLibrary seeds, IEffectCourier courier, TimeProvider time)
    : Grain,
        IEffectsGrain,
        IForgettable
{
    public bool HasNothing => this.GetPrimaryKeyString() != Address.Live;

    private const int Page = 500;

    private IDeadLetters? Letters => worlds.Of(this.GetPrimaryKeyString()).DeadLetters;

    public async Task<ImmutableArray<SetAside>> ListAsync(long afterId) =>
        Letters is { } letters ? [.. (await letters.ListAsync(afterId, Page)).Select(View)] : [];

    public async Task<Outcome<SentAgain>> RetryAsync(RetryEffect command)
    {
        if (CommandTexts.Read(ref command) is { } unfit)
        {
            return unfit;
        }

        if (Letters is not { } letters)
        {
            return RecordingRefusals.NotSetAside(command.Id);
        }

        var retry = new DeadLetterRetry(letters, courier, time);
        var letter = await retry.FindAsync(command.Id);
        var town = GrainFactory.Grain<ITownInside>(Address.Town(this.GetPrimaryKeyString(), command.Town));
        if ((await town.SendAgainAsync(command, letter is null ? null : Told(letter))).IsRefused(out var refusal, out var sent))
        {
            return refusal;
        }

        // It was taken when the command was first sent.
        return letter is null || await retry.RunAsync(letter) is not { } again ? sent : again;
    }

    private static SentAgain Told(DeadLetter letter) =>
        new(
            letter.Id,
            letter.Delivery.Id.Stream,
            letter.Delivery.Id.Version,
            letter.Delivery.Id.Ordinal,
            letter.Delivery.TargetType,
            letter.Delivery.TargetKey
        );

    private SetAside View(DeadLetter letter) =>
        new(
            Id: letter.Id,
            Stream: letter.Delivery.Id.Stream,
            Version: letter.Delivery.Id.Version,
            Ordinal: letter.Delivery.Id.Ordinal,
            TargetType: letter.Delivery.TargetType,
            TargetKey: letter.Delivery.TargetKey,
            At: letter.Delivery.At,
            Effect: Encoding.UTF8.GetString(StoredJson.Write(letter.Delivery.Effect)),
            Attempts: letter.Attempts,
            FirstAt: letter.FirstAt,
            LastAt: letter.LastAt,
            Why: letter.Why,
            Towns:
            [
                .. TownRules
                    .TownsOf(seeds.Towns.Values, letter.Delivery.Id.Stream, letter.Delivery.TargetKey)
                    .Order(StringComparer.Ordinal),
            ]
        );
}
