using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Tests.Output;

public sealed class TextTableTests
{
    [Fact]
    public void Lines_FiguresAndWords_AreAligned() => Assert.Equal(["name    value", "a          10", "longer      5"], Table().Lines());

    [Fact]
    public void Lines_NarrowTerminal_AreCut() => Assert.Equal(["name  …", "a     …", "longer…"], Table().Lines(7));

    [Fact]
    public void Whole_NarrowTerminal_ContinuesTheLastCell() =>
        Assert.Equal(["name", "a", "    10", "longer", "    5"], Table().Whole(7));

    [Fact]
    public void Whole_NoTerminalOrRoom_HasOneLineForEachRow()
    {
        Assert.Equal(3, Table().Whole(null).Count());
        Assert.Equal(3, Table().Whole(13).Count());
    }

    [Fact]
    public void Add_ControlCharacters_AreReplaced()
    {
        var table = new TextTable("a");
        table.Add("x\e[2J\ny");

        Assert.Equal("x [2J y", table.Lines().Last());
    }

    private static TextTable Table()
    {
        var table = new TextTable("name", ">value");
        table.Add("a", "10");
        table.Add("longer", "5");
        return table;
    }
}
