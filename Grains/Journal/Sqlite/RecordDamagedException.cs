using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>What is stored of a town lacks something that was answered. Nothing was changed; the words say what is the matter and what to
/// do.</summary>
public sealed class RecordDamagedException : IOException
{
    private RecordDamagedException(Words words, Exception? inner)
        : base($"{words.Zh} / {words.En}", inner) => Words = words;

    public Words Words { get; }

    /// <param name="path">The world's file.</param>
    /// <param name="why">One sentence without its full stop.</param>
    internal static RecordDamagedException Of(string path, Words why, Exception? inner = null) =>
        new(
            new(
                $"{why.Zh}。请把同一时刻的文件重新放在一起；或用 townreform audit salvage --file {path} --out 新文件夹 救出完整的提交（并列明所失），再以新文件夹启动。",
                $"{why.En}. Put the files of one moment together again; or save what is whole with: townreform audit salvage "
                    + $"--file {path} --out NEWDIR (it says what is lost), and start on the new folder."
            ),
            inner
        );

    /// <summary>Does something with the file; that it is damaged is told as this.</summary>
    internal static void Telling(string path, Action does) =>
        Telling<object?>(
            path,
            () =>
            {
                does();
                return null;
            }
        );

    /// <inheritdoc cref="Telling(string, Action)"/>
    internal static T Telling<T>(string path, Func<T> does)
    {
        try
        {
            return does();
        }
        catch (Exception e)
            when ((e as SqliteException ?? e.InnerException as SqliteException)
                    is { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB } fault
            )
        {
            throw Of(path, new($"{path} 已损坏：{fault.Message}", $"{path} is damaged: {fault.Message}"), e);
        }
    }
}
