using BtcAgent.Economy.Settings;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Tests.Economy;

public sealed class EconomySettingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-economy-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(VenueKind.BinancePaper, "Simulated")]
    [InlineData(VenueKind.Replay, "Simulated")]
    [InlineData(VenueKind.Replay, "Fred")]
    public async Task Build_SourceThatDoesNotFitTheVenue_IsRefused(VenueKind venue, string source)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => BuildAsync(venue, ("Economy:Source", source)));

        Assert.Contains($"Economy:Source is {source}, and the venue is {venue}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_FredWithoutAKey_SaysWhereToPutIt()
    {
        var refused = await Assert.ThrowsAsync<FredKeyException>(() => BuildAsync(VenueKind.Simulator, ("Economy:Source", "Fred")));

        Assert.Contains("Economy__Fred__ApiKey", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Economy:Fred:ApiKeyFile", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_FredWithAKeyInAFile_IsBuilt()
    {
        var file = Path.Combine(_folder.FullName, "key");
        await File.WriteAllTextAsync(file, "0123456789abcdef0123456789abcdef\r\n", TestContext.Current.CancellationToken);

        await BuildAsync(VenueKind.Simulator, ("Economy:Source", "Fred"), ("Economy:Fred:ApiKeyFile", file));
    }

    [Theory]
    [InlineData("Economy:Source", "stlouis", "one of None, Fred, Simulated is required")]
    [InlineData("Economy:Fred:RequestsPerDay", "7", "did you mean Economy:Fred:RequestsPerDayMax?")]
    [InlineData("Economy:Releases:0:Id", "0", "Id")]
    public async Task Build_WrongSetting_IsRefusedWithItsRemedy(string key, string value, string says)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => BuildAsync(VenueKind.Simulator, (key, value)));

        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    private async Task BuildAsync(VenueKind venue, params (string Key, string Value)[] settings)
    {
        await using var app = AgentHost.Build(new AgentSettings { Port = 0, DataFolder = _folder.FullName, Venue = venue, Tapes = ["none.gz"], Overrides = [.. settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))] });
    }
}
