using BtcAgent.Contracts.Settings;
using BtcAgent.Silo.Training;

namespace BtcAgent.Silo.Tests.Training;

public sealed class SearchSpaceFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-space-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void PostConfigure_Space_IsPartOfEachSearch()
    {
        var options = Read(PlantedSamples.Space);

        Assert.True(new SearchSpaceFile().Validate(null, options).Succeeded);
        Assert.Contains("\"learning_rate\"", options.Search.Of(5)!.Space, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "Retraining:Search:SpaceFile: ")]
    [InlineData("""{"parameters":[{"name":"deepness","type":"integer","low":1,"high":2}]}""", "'deepness' is not a parameter of the training")]
    [InlineData(null, "Could not find file")]
    public void Validate_UnusableFile_SaysWhy(string? text, string reason)
    {
        var options = Read(text);

        Assert.Contains(reason, new SearchSpaceFile().Validate(null, options).FailureMessage, StringComparison.Ordinal);
        Assert.Null(options.Search.Space);
    }

    [Fact]
    public void Validate_AFolder_SaysThatItIsOne()
    {
        var options = new RetrainingOptions { Search = new SearchOptions { SpaceFile = _folder.FullName } };

        Assert.StartsWith(
            $"Retraining:Search:SpaceFile: '{_folder.FullName}' is a folder; print a space",
            new SearchSpaceFile().Validate(null, options).FailureMessage,
            StringComparison.Ordinal);
    }

    private RetrainingOptions Read(string? text)
    {
        var path = Path.Combine(_folder.FullName, "space.json");
        if (text is not null)
        {
            File.WriteAllText(path, text);
        }

        var options = new RetrainingOptions { Search = new SearchOptions { SpaceFile = path } };
        new SearchSpaceFile().PostConfigure(null, options);
        return options;
    }
}
