using System.CommandLine;

namespace BtcAgent.Cli.Tests.Inputs;

/// <summary>A value of the wrong type is refused in words, by every option of every command. A switch takes none.</summary>
public sealed class PlainErrorTests
{
    public static TheoryData<string> Options => [.. Typed(CommandTree.Create(), "")];

    [Theory]
    [MemberData(nameof(Options))]
    public void Option_WrongType_IsRefusedWithoutANetType(string option)
    {
        var error = new StringWriter();
        var code = CommandTree.Invoke([.. $"{option}=zzz".Split(' ')], new InvocationConfiguration { Error = error, Output = TextWriter.Null });

        Assert.Equal(2, code);
        Assert.Contains(option.Split(' ')[^1], error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("BtcAgent.", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ab simulate --experiments=99999999999", "--experiments: '99999999999' is not a whole number from -2,147,483,648 to 2,147,483,647")]
    [InlineData("ab simulate --experiments=-99999999999", "--experiments: '-99999999999' is not a whole number from -2,147,483,648 to 2,147,483,647")]
    [InlineData("optimize --trials=x", "--trials: 'x' is not a whole number from -2,147,483,648 to 2,147,483,647")]
    [InlineData("optimize --irregular=foo", "--irregular: 'foo' is none of Drop, Keep, Refuse")]
    public void Option_WrongType_SaysTheRange(string line, string expected)
    {
        var error = new StringWriter();
        Assert.Equal(2, CommandTree.Invoke(line.Split(' '), new InvocationConfiguration { Error = error, Output = TextWriter.Null }));
        Assert.Equal($"btcagent: {expected}", error.ToString().Split('\n')[0].TrimEnd());
    }

    private static IEnumerable<string> Typed(Command command, string path) =>
        command.Options
            .Where(option => option.ValueType != typeof(string) && option.ValueType != typeof(string[]) && option.ValueType != typeof(bool)
                && option.Name is not ("--help" or "--version"))
            .Select(option => $"{path}{option.Name}")
            .Concat(command.Subcommands.SelectMany(child => Typed(child, $"{path}{child.Name} ")));
}
