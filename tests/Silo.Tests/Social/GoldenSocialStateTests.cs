using System.Text.Json;
using BtcAgent.Domain;
using BtcAgent.Silo.Economy;
using BtcAgent.Social.Budgets;
using BtcAgent.Social.X;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Social;

/// <summary>The texts that the readers of posts and of releases keep in the agent's state.</summary>
public sealed class GoldenSocialStateTests
{
    private static readonly Specimen Specimens = new(Timestamp.FromUnixMilliseconds(1_795_910_400_123));

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    [Theory]
    [InlineData(typeof(BudgetState))]
    [InlineData(typeof(PostCursor))]
    [InlineData(typeof(StoredRequests))]
    public void State_InFull_HasTheGoldenShapeAndIsReadFromIt(Type state)
    {
        var text = JsonSerializer.Serialize(Specimens.Of(state), state, Readable);

        GoldenFile.Check($"Social/{state.Name}.json", text);
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize(text, state), state, Readable));
    }
}
