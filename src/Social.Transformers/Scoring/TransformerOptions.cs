using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Social.Transformers.Scoring;

/// <summary>A transformer model that judges tones. Section <c>Social:Transformer</c>.</summary>
public sealed class TransformerOptions
{
    public const string Section = "Social:Transformer";

    /// <summary>Folder of the model; empty uses the lexicon. Default empty.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Longest text in tokens, with first and last one, 16…8192; the model's own limit if that is lower. Default 128, as CryptoBERT was trained with.</summary>
    [Range(16, 8_192)]
    public int TokensMax { get; set; } = 128;

    /// <summary>Threads of the model, 1…64. Default 1.</summary>
    [Range(1, 64)]
    public int Threads { get; set; } = 1;

    /// <summary>Texts of one batch, 1…256. Default 16.</summary>
    [Range(1, 256)]
    public int BatchMax { get; set; } = 16;

    /// <summary>Time for a text, in milliseconds, 10…60000; after it the lexicon's tone counts. Default 2000.</summary>
    [Range(10, 60_000)]
    public int TimeoutMs { get; set; } = 2_000;

    /// <summary>Memory of the scorer's process in MiB, 256…65536; above it the process is ended and started again. Default 2048.</summary>
    [Range(256, 65_536)]
    public int MemoryMb { get; set; } = 2_048;
}
