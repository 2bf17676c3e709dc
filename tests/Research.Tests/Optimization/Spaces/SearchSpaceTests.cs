using System.Text.Json;
using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Tests.Optimization.Spaces;

/// <summary>A space reads what it writes; its points have the active parameters, and one text each.</summary>
public sealed class SearchSpaceTests
{
    private const string Json = """
        {
          "parameters": [
            // Trees.
            { "name": "leaves", "type": "integer", "low": 4, "high": 256, "log": true },
            { "name": "rows", "type": "integer", "low": 20, "high": 200, "step": 20 },
            { "name": "rate", "type": "number", "low": 0.005, "high": 0.3, "log": true },
            { "name": "boosting", "type": "choice", "values": ["gbdt", "dart", "rf"] },
            { "name": "drop", "type": "number", "low": 0, "high": 0.5, "when": { "parameter": "boosting", "is": ["dart"] } },
          ]
        }
        """;

    private static readonly SearchSpace Space = SearchSpace.Parse(Json);

    [Fact]
    public void Parse_WrittenSpace_HasTheSameTextAndHash()
    {
        var again = SearchSpace.Parse(Space.ToJson());

        Assert.Equal(Space.ToJson(), again.ToJson());
        Assert.Equal(Space.Hash, again.Hash);
        Assert.Equal(["leaves", "rows", "rate", "boosting", "drop"], again.Parameters.Select(p => p.Name));
    }

    [Fact]
    public void Hash_OtherRange_Differs() =>
        Assert.NotEqual(Space.Hash, SearchSpace.Parse(Json.Replace("256", "255", StringComparison.Ordinal)).Hash);

    [Theory]
    [InlineData("[]", "'parameters'")]
    [InlineData("{", "not JSON")]
    [InlineData("""{"parameters":[]}""", "1 to 100")]
    [InlineData("""{"parameters":[{"name":"a","type":"float"}]}""", "'a': type must be")]
    [InlineData("""{"parameters":[{"name":"a","type":"number","low":0,"high":1,"log":true}]}""", "low > 0")]
    [InlineData("""{"parameters":[{"name":"a","type":"number","low":2,"high":1}]}""", "low ≤ high")]
    [InlineData("""{"parameters":[{"name":"a","type":"number","low":0,"high":1,"stepp":1}]}""", "unknown field 'stepp'")]
    [InlineData("""{"parameters":[{"name":"a","type":"integer","low":0,"high":1.5}]}""", "'a': high must be a whole number")]
    [InlineData("""{"parameters":[{"name":"a","type":"integer","low":0,"high":5,"step":2}]}""", "whole steps")]
    [InlineData("""{"parameters":[{"name":"a","type":"choice","values":["x","x"]}]}""", "distinct")]
    [InlineData("""{"parameters":[{"name":"1a","type":"choice","values":["x"]}]}""", "cannot name")]
    [InlineData("""{"parameters":[{"name":"a","type":"choice","values":["x"]},{"name":"a","type":"choice","values":["x"]}]}""", "occurs twice")]
    [InlineData("""{"parameters":[{"name":"a","type":"choice","values":["x"],"when":{"parameter":"b","is":["x"]}}]}""", "declared before")]
    [InlineData("""{"parameters":[{"name":"b","type":"choice","values":["x"]},{"name":"a","type":"choice","values":["x"],"when":{"parameter":"b","is":["y"]}}]}""", "never is")]
    public void Parse_BadSpace_SaysWhatToCorrect(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<SearchSpaceException>(() => SearchSpace.Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Choose_ConditionFails_LeavesTheParameterOut()
    {
        var gbdt = Space.Choose(p => p.Name == "boosting" ? new ParameterValue("gbdt") : p.FromUnit(0.5));
        var dart = Space.Choose(p => p.Name == "boosting" ? new ParameterValue("dart") : p.FromUnit(0.5));

        Assert.False(gbdt.TryGet("drop", out _));
        Assert.Equal(0.25, dart.Number("drop"));
        Space.Check(gbdt);
        Space.Check(dart);
        Assert.Throws<SearchSpaceException>(() => Space.Check(gbdt.With("drop", new ParameterValue(0.1))));
        Assert.Throws<KeyNotFoundException>(() => gbdt.Number("drop"));
    }

    [Fact]
    public void ReadPoint_WrittenPoint_IsEqual()
    {
        var random = new Random(3);
        for (var i = 0; i < 200; i++)
        {
            var point = Space.Choose(p => p.FromUnit(random.NextDouble()));
            using var json = JsonDocument.Parse(point.ToString());

            Assert.Equal(point, Space.ReadPoint(json.RootElement));
        }
    }

    [Fact]
    public void ToString_Point_IsInOrdinalOrder()
    {
        var point = new ParameterPoint(
            KeyValuePair.Create("b", new ParameterValue(0.1)), KeyValuePair.Create("a", new ParameterValue(3L)), KeyValuePair.Create("B", new ParameterValue("x")));

        Assert.Equal("""{"B":"x","a":3,"b":0.1}""", point.ToString());
    }

    [Theory]
    [InlineData("leaves", 0, 4L)]
    [InlineData("leaves", 1, 256L)]
    [InlineData("rows", 0.99, 200L)]
    [InlineData("rows", 0.1, 40L)]
    public void FromUnit_Integer_CoversTheRange(string name, double unit, long expected) =>
        Assert.Equal(expected, Space[name].FromUnit(unit).Integer);

    [Fact]
    public void ToUnit_EveryInteger_ComesBack()
    {
        foreach (var name in new[] { "leaves", "rows" })
        {
            var parameter = (IntegerParameter)Space[name];
            for (var value = parameter.Low; value <= parameter.High; value += parameter.Step)
            {
                Assert.Equal(value, parameter.FromUnit(parameter.ToUnit(new ParameterValue(value))).Integer);
            }
        }
    }

    [Fact]
    public void Levels_LogNumber_AreEvenOnItsScale() =>
        Assert.Equal([0.001, 0.01, 0.1], new NumberParameter("a", 0.001, 0.1, log: true).Levels(3).Select(v => Math.Round(v.Number, 12)));
}
