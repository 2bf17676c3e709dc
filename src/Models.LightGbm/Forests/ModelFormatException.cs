namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>A model text cannot be read. The message contains the place, the problem and the remedy.</summary>
public sealed class ModelFormatException : Exception
{
    /// <param name="message">Problem and remedy.</param>
    /// <param name="line">Line of the model text, from 1; 0 when the problem is not in one line.</param>
    public ModelFormatException(string message, int line = 0)
        : base(line > 0 ? $"line {line}: {message}" : message) => Line = line;

    /// <summary>Line of the model text, from 1; 0 when the problem is not in one line.</summary>
    public int Line { get; }
}
