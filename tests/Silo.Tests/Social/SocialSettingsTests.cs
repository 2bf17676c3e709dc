using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using BtcAgent.Social.X.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Tests.Social;

public sealed class SocialSettingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-social-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(VenueKind.BinancePaper)]
    [InlineData(VenueKind.Replay)]
    public async Task Build_SimulatedPostsBesideAnotherVenue_IsRefused(VenueKind venue)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => BuildAsync(venue, ("Social:Source", "Simulated")));

        Assert.Contains($"Social:Source is Simulated, and the venue is {venue}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_XWithoutAToken_SaysWhereToPutIt()
    {
        var refused = await Assert.ThrowsAsync<BearerTokenException>(() => BuildAsync(VenueKind.Simulator, ("Social:Source", "X")));

        Assert.Contains("Social__X__BearerToken", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Social:X:BearerTokenFile", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_XWithATokenInAFile_IsBuilt()
    {
        var file = Path.Combine(_folder.FullName, "token");
        await File.WriteAllTextAsync(file, "AAAA-token", TestContext.Current.CancellationToken);

        await BuildAsync(VenueKind.Simulator, ("Social:Source", "x"), ("Social:X:BearerTokenFile", file));
    }

    [Theory]
    [InlineData("Social:Source", "twitter", "one of Simulated, X, None is required")]
    [InlineData("Social:Budget:ReadsPerDay", "7", "did you mean Social:Budget:ReadsPerDayMax?")]
    [InlineData("Social:DeletionCheckSeconds", "1", "5")]
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
