using System.Globalization;
using System.Text;

namespace TownReform.Grains.Rules.Texts;

/// <summary>
/// The one rule for every text that comes in: not blank where it is asked for, trimmed, in normal form, bounded, and without characters
/// that can't be seen or that act
/// on whoever shows them (control, direction, zero width, unpaired halves, private and unassigned ones).
/// </summary>
public static class TextRules
{
    /// <summary>Reads a text that must be there.</summary>
    /// <param name="text">In: as it came. Out: its normal form, the same object when it had it already.</param>
    /// <returns>Null, or why it can't be taken.</returns>
    public static Refusal? Need(TextKind kind, in TextName name, ref string text) =>
        text is null ? TextRefusals.Missing(name) : Read(kind, name, ref text) ?? (text.Length == 0 ? TextRefusals.Missing(name) : null);

    /// <summary>Reads a text that may be missing; a blank one becomes null.</summary>
    public static Refusal? Take(TextKind kind, in TextName name, ref string? text)
    {
        if (text is null)
        {
            return null;
        }

        var read = text;
        if (Read(kind, name, ref read) is { } refusal)
        {
            return refusal;
        }

        text = read.Length == 0 ? null : read;
        return null;
    }

    /// <summary>Whether a text can be taken as it is, looked at quickly: false says nothing yet.</summary>
    internal static bool IsFine(TextKind kind, string text) =>
        kind is not TextKind.PersonId
        && text.Length * 3 <= TextBound.Of(kind).Bytes
        && text.Length <= TextBound.Of(kind).Characters
        && IsPlain(text);

    /// <summary>Why a name can't be a stream's; null when it can.</summary>
    public static Refusal? StreamFault(string name)
    {
        var normal = name;
        return Need(TextKind.Stream, TextNames.Key, ref normal) ?? (normal == name ? null : TextRefusals.NotNormal(TextNames.Key));
    }

    /// <summary>Whether a stream may have that name: also one that was recorded before names had a rule.</summary>
    public static bool IsStreamAsked(string? name) =>
        name is { Length: > 0 and <= LongestOldStream } && !name.Contains('\0', StringComparison.Ordinal) && !HasUnpaired(name);

    /// <summary>Whether two writings are the same person's id, also one from before this rule.</summary>
    public static bool SameId(string? one, string? other) =>
        one == other
        || (
            one is not null
            && other is not null
            && string.Equals(PersonIds.Normal(one), PersonIds.Normal(other), StringComparison.OrdinalIgnoreCase)
        );

    private static Refusal? Read(TextKind kind, in TextName name, ref string text)
    {
        var bound = TextBound.Of(kind);
        if (IsPlain(text))
        {
            // Nearly every text: nothing to put right, each character is one, of three bytes at most.
            if (text.Length > bound.Characters || (text.Length * 3 > bound.Bytes && Encoding.UTF8.GetByteCount(text) > bound.Bytes))
            {
                return TextRefusals.TooLong(name, bound, text);
            }
        }
        else if (Mend(kind, bound, name, ref text) is { } refusal)
        {
            return refusal;
        }

        text = kind is TextKind.PersonId ? PersonIds.Normal(text) : text;
        return null;
    }

    private static Refusal? Mend(TextKind kind, in TextBound bound, in TextName name, ref string text)
    {
        // Long before anything is reckoned with it; the bound is on what is left.
        if (text.Length > bound.Bytes * 2)
        {
            return TextRefusals.TooLong(name, bound, text);
        }

        text = text.Trim();
        if (Characters.FindForbidden(text) is { } found)
        {
            return TextRefusals.Forbidden(name, found);
        }

        text = Characters.Blanks(kind is TextKind.Name or TextKind.Value or TextKind.Remark ? text : Characters.NormalWidth(text));
        text = Composition.Compose(text);
        return new StringInfo(text).LengthInTextElements > bound.Characters || Encoding.UTF8.GetByteCount(text) > bound.Bytes
            ? TextRefusals.TooLong(name, bound, text)
            : null;
    }

    private static bool HasUnpaired(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return true;
            }

            text = text[length..];
        }

        return false;
    }

    private const int LongestOldStream = 20_000;

    // ASCII that can be seen and common Chinese characters and marks, without blanks at the ends: already in every normal form.
    private static bool IsPlain(string text)
    {
        // Nearly every code and id is nothing but ASCII, which is looked at many characters at once.
        var other = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        foreach (var c in other < 0 ? [] : text.AsSpan(other))
        {
            if (
                c
                is not (
                    (>= ' ' and <= '~')
                    or (>= '\u4E00' and <= '\u9FA5')
                    or '\u3001'
                    or '\u3002'
                    or (>= '\u3008' and <= '\u3011')
                    or '\uFF0C'
                    or '\uFF1A'
                    or '\uFF1B'
                    or '\uFF08'
                    or '\uFF09'
                )
            )
            {
                return false;
            }
        }

        return text.Length == 0 || (text[0] != ' ' && text[^1] != ' ');
    }
}
