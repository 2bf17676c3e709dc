using System.Collections.Immutable;

namespace BtcAgent.Grains.Control;

/// <summary>Questions about the recorded commands, newest last.</summary>
internal static class CommandHistory
{
    public const string Halt = "halt";
    public const string Flatten = "flatten";
    public const string Resume = "resume";

    /// <summary>Name under which a command is recorded: with the portfolio, if it is about one.</summary>
    public static string NameOf(string command, string? portfolio) => portfolio is null ? command : $"{command} {portfolio}";

    /// <summary>True when the operation is recorded; false without one.</summary>
    public static bool Has(ImmutableArray<OperatorCommand> commands, string? operation) => PlaceOf(commands, operation) >= 0;

    /// <summary>True when the operation is recorded, and after it one of these commands on the portfolio, or on all.</summary>
    public static bool IsFollowedBy(ImmutableArray<OperatorCommand> commands, string? operation, string portfolio, params ReadOnlySpan<string> later)
    {
        var place = PlaceOf(commands, operation);
        for (var i = place + 1; place >= 0 && i < commands.Length; i++)
        {
            foreach (var command in later)
            {
                if (commands[i].Command == command || commands[i].Command == NameOf(command, portfolio))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static int PlaceOf(ImmutableArray<OperatorCommand> commands, string? operation)
    {
        for (var i = commands.Length - 1; operation is not null && i >= 0; i--)
        {
            if (commands[i].Operation == operation)
            {
                return i;
            }
        }

        return -1;
    }
}
