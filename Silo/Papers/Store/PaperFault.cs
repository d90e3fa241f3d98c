namespace TownReform.Silo.Papers.Store;

/// <summary>Why a file isn't taken.</summary>
internal enum PaperFault
{
    /// <summary>There is nothing in it.</summary>
    Empty = 1,

    TooLarge = 2,

    /// <summary>Its name doesn't end as any sort that is taken.</summary>
    KindUnknown = 3,

    /// <summary>Its content isn't what its name promises.</summary>
    KindWrong = 4,

    /// <summary>The scanner says no.</summary>
    Infected = 5,

    /// <summary>The scanner could not be asked.</summary>
    ScannerFailed = 6,
}

/// <summary>What is said of a file that isn't taken.</summary>
internal static class PaperFaultWords
{
    public static Words Of(PaperFault fault) =>
        fault switch
        {
            PaperFault.Empty => new("文件是空的。", "The file is empty."),
            PaperFault.TooLarge => new(
                "文件超过 20 MB。请压缩，或分成几个文件。",
                "The file is larger than 20 MB. Compress it, or split it into several."
            ),
            PaperFault.KindUnknown => new(
                "只收 PDF、JPEG、PNG、HEIC、OFD 文件。",
                "PDF, JPEG, PNG, HEIC and OFD files are taken, and no others."
            ),
            PaperFault.KindWrong => new(
                "文件内容与其名称不符：请用原来的软件重新导出，不要只改文件名。",
                "The content isn't what the name says: export it again, don't only rename it."
            ),
            PaperFault.Infected => new("文件未通过病毒检查，未收。", "The file didn't pass the virus scan and was not taken."),
            _ => new("暂时不能检查文件，未收。请稍后再试。", "Files can't be scanned just now; it was not taken. Try again later."),
        };
}

/// <summary>A file that isn't taken; nothing of it is kept.</summary>
internal sealed class PaperRefusedException(PaperFault fault) : Exception(PaperFaultWords.Of(fault).En)
{
    public PaperFault Fault => fault;
}
