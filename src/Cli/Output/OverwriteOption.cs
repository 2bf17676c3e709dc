using System.CommandLine;

namespace BtcAgent.Cli.Output;

/// <summary>
/// Keeps a command from replacing somebody's file by a mistyped path: it replaces a result of an earlier run, and everything else only with
/// <c>--force</c>.
/// </summary>
internal sealed class OverwriteOption
{
    private readonly Option<bool> _force = new("--force") { Description = "replace existing files or folders that are not a result of this command" };

    public void AddTo(Command command) => command.Options.Add(_force);

    /// <param name="arguments">The command's arguments.</param>
    /// <param name="option">The option that names the path.</param>
    /// <param name="path">The file or folder to be written.</param>
    /// <param name="isResult">True when an existing one is a result of an earlier run.</param>
    /// <exception cref="UsageException">It exists, and is something else.</exception>
    public void Check(ParseResult arguments, string option, string path, Func<string, bool> isResult)
    {
        if (Path.Exists(path) && !arguments.GetValue(_force) && !isResult(path))
        {
            throw new UsageException($"{option}: '{path}' exists and is not a result of this command: choose another name, or replace it with --force");
        }
    }
}
