using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace TownReform.Silo.Doors;

/// <summary>
/// What comes in on a connection, looked at before Orleans reads it and handed on without a copy: first the greeting, then messages.
/// Nothing is given to Orleans that wasn't looked at.
/// </summary>
/// <param name="fromClients">Whether messages are looked at; those of other silos are not.</param>
internal sealed class GuardedInput(PipeReader input, ConnectionWatch watch, bool fromClients) : PipeReader
{
    private const int GreetingLength = sizeof(int),
        LongestGreeting = 1024;

    private ReadOnlySequence<byte> last;

    /// <summary>Bytes from the start of what is not yet consumed up to the next frame that wasn't looked at; of silos beyond the end where
    /// it is not all there.</summary>
    private long looked;

    private bool greeted;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var read = await input.ReadAsync(cancellationToken);
        Look(read.Buffer);
        return read;
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!input.TryRead(out result))
        {
            return false;
        }

        Look(result.Buffer);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        looked -= last.Slice(last.Start, consumed).Length;
        input.AdvanceTo(consumed, examined);
        if (fromClients && looked < 0)
        {
            throw Cut("more was read than was looked at");
        }
    }

    public override void CancelPendingRead() => input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => input.Complete(exception);

    private void Look(in ReadOnlySequence<byte> buffer)
    {
        last = buffer;
        if (!greeted && buffer.Length >= GreetingLength)
        {
            var length = Number(buffer, 0);
            greeted = length is > 0 and <= LongestGreeting ? true : throw Cut("it greets in another language");
            looked = GreetingLength + length;
        }

        if (!fromClients)
        {
            watch.Waits(!greeted || buffer.Length < looked);
            return;
        }

        while (greeted && buffer.Length - looked >= FrameHead.Lengths)
        {
            var (head, body) = (Number(buffer, looked), Number(buffer, looked + sizeof(int)));
            if (head is <= 0 or > FrameHead.LongestHead || body is < 0 or > FrameHead.LongestBody)
            {
                throw Cut("a message is too long");
            }

            if (buffer.Length - looked < FrameHead.Lengths + head)
            {
                break;
            }

            if (FrameHead.WhyNot(buffer.Slice(looked + FrameHead.Lengths, head)) is { } why)
            {
                throw Cut(why);
            }

            // Orleans reads a message when all of it is there, and so does this.
            if (buffer.Length - looked < FrameHead.Lengths + head + body)
            {
                break;
            }

            if (FrameBody.WhyNot(buffer.Slice(looked + FrameHead.Lengths + head, body)) is { } unread)
            {
                throw Cut(unread);
            }

            looked += FrameHead.Lengths + head + body;
        }

        watch.Waits(!greeted || buffer.Length != looked);
    }

    private ConnectionAbortedException Cut(string why)
    {
        watch.Cut(why);
        return new ConnectionAbortedException($"The connection was cut off: {why}.");
    }

    private static int Number(in ReadOnlySequence<byte> buffer, long at)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        buffer.Slice(at, sizeof(int)).CopyTo(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }
}
