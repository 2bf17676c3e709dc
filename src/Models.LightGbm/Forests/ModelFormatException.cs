namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>A model that cannot be read. The message says where, what is wrong and how to mend it.</summary>
public sealed class ModelFormatException : Exception
{
    /// <param name="message">What is wrong and how to mend it.</param>
    /// <param name="line">Line of the model text, counted from 1; 0 when it is no matter of one line.</param>
    public ModelFormatException(string message, int line = 0)
        : base(line > 0 ? $"line {line}: {message}" : message) => Line = line;

    /// <summary>Line of the model text, counted from 1; 0 when it is no matter of one line.</summary>
    public int Line { get; }
}
