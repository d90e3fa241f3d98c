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
                    "上传的材料先经该命令检查（末位参数为文件路径；退出码 0 收），如 clamdscan",
                    "have each paper that is handed in looked at by this command first (last argument: the path; 0 takes it, any other "
                        + "exit code doesn't), such as \"clamdscan --no-summary\""
                )
            ),
            new(
                "--checkpoint-to",
                new("文件夹", "FOLDER"),
                new(
                    "把经签名的校验点写入该文件夹（须在数据之外），日后以 audit verify --checkpoints 核对",
                    "write signed checkpoints into this folder, outside the data, for audit verify --checkpoints"
                )
            ),
            new("--checkpoint-every", new("秒", "SECONDS"), new("校验点的间隔（默认 60）", "how often (default 60)")),
            new(
                "--new-signing-key",
                null,
                new(
                    "从此次启动起用新密钥签发回执与校验点；旧公钥保留（每年自动更换）",
                    "sign receipts and checkpoints by a new key from this start on; old public keys stay (a new one comes each year)"
                )
            ),
        ];
}
