using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Keys;

/// <summary>Where the secret of a new key goes: into a file that only its owner can read, or once to standard output.</summary>
internal sealed class KeySecret
{
    private readonly Option<string?> _file = new("--out", "-o")
    {
        Description = "write the secret into this new file, readable by its owner only; otherwise it is printed, once",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_file);
        _file.Validators.Add(RefuseExisting);
    }

    /// <summary>Stores or prints the secret. When the file cannot be written the secret is printed: it exists nowhere else.</summary>
    /// <returns>An exit code.</returns>
    public int Hand(IssuedKey issued, ParseResult arguments, CommandOutput output)
    {
        var file = arguments.GetValue(_file);
        string? problem = null;
        if (file is not null)
        {
            try
            {
                Write(file, issued.Secret);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problem = e.Message;
            }
        }

        var isInFile = file is not null && problem is null;
        output.Answer(new IssuedKeyFile(issued.Key, isInFile ? null : issued.Secret, isInFile ? Path.GetFullPath(file!) : null), text =>
        {
            KeyTable.Write(text, [issued.Key], output.Width);
            text.WriteLine(isInFile ? $"its secret is in {Path.GetFullPath(file!)}" : $"its secret, shown only now: {issued.Secret}");
        });
        if (problem is not null)
        {
            output.Remark($"'{file}' cannot be written ({problem}): keep the secret that was printed");
            return ExitCodes.Failed;
        }

        return ExitCodes.Ok;
    }

    private static void Write(string file, string secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, options);
        stream.Write(Encoding.ASCII.GetBytes(secret));
        stream.Flush(flushToDisk: true);
    }

    private static void RefuseExisting(OptionResult result)
    {
        if (result.GetValueOrDefault<string?>() is not { } file)
        {
            return;
        }

        if (Path.Exists(file))
        {
            result.AddError($"'{file}' exists: name a new file with --out");
        }
        else if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
        {
            result.AddError($"the folder '{folder}' does not exist: create it, or name another file with --out");
        }
    }
}
