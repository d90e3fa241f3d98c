namespace TownReform.Silo.Hosting;

/// <summary>Options of papers, receipts and checkpoints.</summary>
internal static partial class SiloLine
{
    private static SiloOption[] OfPapers =>
        [
            new(
                "--scan-with",
                new("命令", "COMMAND"),
                new(
                    "上传的材料先经该命令检查（文件路径为末位参数；退出码 0 收，其余不收），如 \"clamdscan --no-summary\"",
                    "have each paper that is handed in looked at by this command first (the path is its last argument; 0 takes it, any other "
                        + "exit code doesn't), such as \"clamdscan --no-summary\""
                )
            ),
            new(
                "--checkpoint-to",
                new("文件夹", "FOLDER"),
                new(
                    "把经签名的校验点写入该文件夹（须在数据之外，如另一台机器），日后以 audit verify --checkpoints 核对",
                    "write signed checkpoints into this folder (outside the data, such as on another machine), for audit verify --checkpoints"
                )
            ),
            new("--checkpoint-every", new("秒", "SECONDS"), new("校验点的间隔（默认 60）", "how often (default 60)")),
            new(
                "--new-signing-key",
                null,
                new(
                    "从此次启动起用新密钥签发回执与校验点；旧公钥仍保留（密钥每年自动更换）",
                    "sign receipts and checkpoints by a new key from this start on; old public keys stay (keys change by themselves each year)"
                )
            ),
        ];
}
