namespace BtcAgent.Strategies.Checks;

/// <summary>Finds the line of a strategy's code in an exception.</summary>
public static class StrategyPlace
{
    /// <summary>Returns file and line of the first frame with debug information, in parentheses; empty if there is none.</summary>
    public static string Of(Exception failure)
    {
        var place = (failure.StackTrace ?? "").Split('\n').Select(line => line.Split(" in ", 2)).FirstOrDefault(parts => parts.Length == 2);
        return place is null ? "" : $" ({place[1].Trim()})";
    }
}
