namespace BtcAgent.Silo.Training;

/// <summary>How a trainer's process ended.</summary>
/// <param name="ExitCode">Its exit code; 128 and the signal when it was killed.</param>
/// <param name="Failed">Why the training cannot succeed, by the trainer itself or by a limit; null for none.</param>
/// <param name="LastWords">Last lines of its standard error.</param>
internal sealed record TrainerEnd(int ExitCode, string? Failed, string LastWords)
{
    /// <summary>The end in a sentence.</summary>
    public string Describe() => $"the trainer ended with code {ExitCode}{(LastWords.Length > 0 ? $": {LastWords}" : "")}";
}
