using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;
using TownReform.Silo.Doors;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Doors;

/// <summary>Orleans reads objects within objects by calling itself: a message that nests without end would end the process that reads
/// it.</summary>
public sealed class DeepMessageTests : IDisposable
{
    /// <summary>The tag with which an object of a field that nobody knows begins.</summary>
    private const byte Begins = 0b0010_0110,
        Ends = 0b1110_0000;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("deep");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Message_ThatNestsWithoutEnd_IsNotLetIn()
    {
        await using var silo = await SiloProcess.StartAsync(folder.FullName, SiloProcess.FreePorts());
        await using (
            var client = await TownClient.ConnectAsync(
                [silo],
                builder =>
                    builder
                        .Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(5))
                        .Configure<ClientConnectionOptions>(connections =>
                            connections.ConfigureConnection(connection => connection.Use(next => context => ForgeAsync(next, context)))
                        )
            )
        )
        {
            var deep = new ActOnCase(
                new Stamp(new Guid(1, 2, 3, new byte[8]), new Actor("P1", Actor.Public), default),
                new string('a', 1_000_000),
                []
            );
            await Should.ThrowAsync<Exception>(() => client.Case("YD00000001").ActAsync(deep));
        }

        silo.HasExited.ShouldBeFalse();
        await silo.ComplainsAsync("its body nests too deep");
        await using var honest = await TownClient.ConnectAsync(silo);
        (await honest.Grains.GetGrain<ITownGrain>("live/yandian").ReadAsync()).Value.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(FrameBody.Deepest - 1, false)]
    [InlineData(FrameBody.Deepest, false)]
    [InlineData(FrameBody.Deepest + 1, true)]
    public void Body_DeepestAllowed_IsTheLast(int depth, bool refused)
    {
        var nested = Enumerable.Repeat(Begins, depth).Concat(Enumerable.Repeat(Ends, depth)).ToArray();

        // One after the other is not deep; without the ends it is as deep as with them.
        WhyNot([.. nested, .. nested]).ShouldBe(refused ? "its body nests too deep" : null);
        WhyNot(nested[..depth]).ShouldBe(refused ? "its body nests too deep" : null);
    }

    [Fact]
    public void Body_EndsOfNothing_GiveNoCredit() =>
        WhyNot([.. Enumerable.Repeat(Ends, 1000), .. Enumerable.Repeat(Begins, FrameBody.Deepest + 1)]).ShouldBe("its body nests too deep");

    [Theory]
    [InlineData(new byte[] { 0b0100_0000 })]
    [InlineData(new byte[] { 0b0100_0000, 0x0B, 1, 2, 3, 4 })]
    [InlineData(new byte[] { 0b0110_0000, 1, 2, 3 })]
    [InlineData(new byte[] { 0b1000_0000, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData(new byte[] { 0b1010_0000, 1 })]
    [InlineData(new byte[] { 0b0010_0111 })]
    [InlineData(new byte[] { 0b0010_1000, 0, 0 })]
    [InlineData(new byte[] { 0b0011_0000, 1, 0, 0, 0, 0, 0x07, 1 })]
    public void Body_ThatEndsTooSoonOrIsNone_IsNotLetIn(byte[] body) => WhyNot(body).ShouldBe("its body can't be read");

    [Fact]
    public void Body_TypeWithoutEnd_IsNotLetIn()
    {
        // A name of 1,024 letters is the longest: its length takes two bytes.
        WhyNot(Named(1024)).ShouldBeNull();
        WhyNot(Named(1025)).ShouldBe("its body can't be read");

        static byte[] Named(int length) =>
            [0b0011_0000, 1, 0, 0, 0, 0, (byte)((length << 2 | 2) & 0xFF), (byte)(length >> 6), .. new byte[length]];
    }

    private static string? WhyNot(byte[] body) => FrameBody.WhyNot(new ReadOnlySequence<byte>(body));

    // The text of the act becomes the beginnings of objects, its own tag and length the first of them.
    private static void Forge(Span<byte> said, ref bool begun)
    {
        if (said.IndexOf("aaaaaaaaaaaa"u8) is var text and >= 0)
        {
            said[(begun ? text : text - 5)..].Fill(Begins);
            begun = true;
        }
    }

    private static async Task ForgeAsync(ConnectionDelegate next, ConnectionContext context)
    {
        var (pipe, honest) = (new Pipe(), context.Transport);
        context.Transport = new Forged(honest.Input, pipe.Writer);
        var passing = PassAsync(pipe.Reader, honest.Output);
        await next(context);
        await pipe.Writer.CompleteAsync();
        await passing;
    }

    private static async Task PassAsync(PipeReader from, PipeWriter to)
    {
        var begun = false;
        while (await from.ReadAsync() is { IsCompleted: false } read)
        {
            var said = read.Buffer.ToArray();
            Forge(said, ref begun);
            from.AdvanceTo(read.Buffer.End);
            await to.WriteAsync(said);
        }
    }

    private sealed record Forged(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
