using System.Text.Json;
using BtcAgent.Silo.Scorers;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Scorers;

/// <summary>The line between a scorer's process and its parent.</summary>
public sealed class GoldenScorerLineTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    [Fact]
    public void Line_InFull_HasTheGoldenShapeAndIsReadFromIt()
    {
        var line = (ScorerLine)new Specimen().Of(typeof(ScorerLine));
        var text = JsonSerializer.Serialize(line, Json);

        GoldenFile.Check("Scorers/ScorerLine.json", text);
        Assert.Equal(line.ToJson(), ScorerLine.Parse(line.ToJson())!.ToJson());
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<ScorerLine>(text, Json), Json));
    }
}
