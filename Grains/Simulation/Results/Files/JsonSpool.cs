using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TownReform.Grains.Simulation.Results.Files;

/// <summary>Writes one JSON value after the other to a file, with a comma and a line end between them: a part of an array that is put
/// together later.</summary>
internal sealed class JsonSpool : IDisposable
{
    private const int FlushAt = 256 * 1024;

    private static readonly JsonWriterOptions Options = new()
    {
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly FileStream file;
    private readonly ArrayBufferWriter<byte> buffer = new(FlushAt + (FlushAt / 4));
    private readonly Utf8JsonWriter writer;
    private bool any;

    public JsonSpool(string path)
    {
        file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        writer = new Utf8JsonWriter(buffer, Options);
    }

    /// <summary>The writer for one value; <see cref="End"/> must follow.</summary>
    public Utf8JsonWriter Begin()
    {
        if (any)
        {
            buffer.Write(",\n"u8);
        }

        any = true;
        writer.Reset();
        return writer;
    }

    public void End()
    {
        writer.Flush();
        if (buffer.WrittenCount >= FlushAt)
        {
            Drain();
        }
    }

    public void Dispose()
    {
        Drain();
        writer.Dispose();
        file.Dispose();
    }

    private void Drain()
    {
        file.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }
}
