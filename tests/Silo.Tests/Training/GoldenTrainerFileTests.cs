using System.Text.Json;
using BtcAgent.Domain;
using BtcAgent.Silo.Training;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Training;

/// <summary>The files of a training job, which a later version of the agent reads.</summary>
public sealed class GoldenTrainerFileTests
{
    private static readonly Specimen Specimens = new(InstrumentId.Parse("BINANCE:BTCUSDT"), Timestamp.FromUnixMilliseconds(1_795_910_400_123));

    private static readonly JsonSerializerOptions Json = new(TrainerFolder.Json) { WriteIndented = true };

    [Theory]
    [InlineData("TrainerJob")]
    [InlineData("TrainerResult")]
    [InlineData("TrainerLine")]
    [InlineData("PreparedData")]
    public void File_InFull_HasTheGoldenShapeAndIsReadFromIt(string name)
    {
        var type = typeof(TrainerJob).Assembly.GetType($"BtcAgent.Silo.Training.{name}", throwOnError: true)!;
        var text = JsonSerializer.Serialize(Specimens.Of(type), type, Json);

        GoldenFile.Check($"Training/{name}.json", text);

        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize(text, type, Json), type, Json));
    }
}
