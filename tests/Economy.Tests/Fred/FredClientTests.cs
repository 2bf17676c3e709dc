using System.Diagnostics;
using BtcAgent.Economy.Fred;
using BtcAgent.Economy.Settings;

namespace BtcAgent.Economy.Tests.Fred;

/// <summary>Requests to the simulated FRED: what is understood, what fails how, and that the key is nowhere.</summary>
public sealed class FredClientTests
{
    private const string Noon = "2026-11-30T12:00:00Z";

    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetReleaseDates_FromADay_HasPastAndFutureOnes()
    {
        await using var world = await FredWorld.OpenAsync(Noon);

        var dates = await world.Client().GetReleaseDatesAsync(10, new DateOnly(2026, 10, 1), Cancelled);

        Assert.Equal(new DateOnly(2026, 10, 12), dates[0]);
        Assert.Contains(new DateOnly(2026, 12, 12), dates);
        Assert.Equal(dates.Order(), dates);
    }

    [Fact]
    public async Task GetVintages_ValueAppearsAtItsRelease_AndNotBefore()
    {
        await using var world = await FredWorld.OpenAsync("2026-11-12T13:29:59Z"); // 08:29:59 in New York, winter time.
        var from = new DateOnly(2024, 1, 1);
        var client = world.Client();

        Assert.Equal(new DateOnly(2026, 9, 1), (await client.GetVintagesAsync("CPIAUCSL", from, from, Cancelled)).Max(one => one.Date));
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var after = await client.GetVintagesAsync("CPIAUCSL", from, from, Cancelled);
        Assert.Equal((new DateOnly(2026, 10, 1), new DateOnly(2026, 11, 12)), (after[^1].Date, after[^1].From));

        // The value of September was revised beside it, and both are there with their days.
        var september = after.Where(one => one.Date == new DateOnly(2026, 9, 1)).ToList();
        Assert.Equal([(new DateOnly(2026, 10, 12), new DateOnly(2026, 11, 11)), (new DateOnly(2026, 11, 12), DateOnly.MaxValue)], september.Select(one => (one.From, one.Until)));
    }

    [Theory]
    [InlineData(429, FredFailure.RateLimited)]
    [InlineData(500, FredFailure.Answer)]
    [InlineData(503, FredFailure.Answer)]
    [InlineData(400, FredFailure.Refused)]
    [InlineData(403, FredFailure.Refused)]
    public async Task Get_Refused_SaysHowWithoutTheKey(int status, FredFailure failure)
    {
        await using var world = await FredWorld.OpenAsync(Noon);
        (world.Fred.Faults.Status, world.Fred.Faults.RetryAfterSeconds) = (status, 40);

        var problem = await FailureAsync(world);

        Assert.Equal(failure, problem.Failure);
        Assert.Equal(world.Time.GetUtcNow().AddSeconds(40), problem.RetryAt!.Value.ToDateTimeOffset());
        Assert.Contains($"{status}: Fault. The key was (key).", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>", "other than JSON")]
    [InlineData("[1]", "with an error")]
    [InlineData("{}", "another form")]
    [InlineData("{\"count\":1,\"release_dates\":[{\"date\":null}]}", "another form")]
    [InlineData("{\"count\":1,\"release_dates\":[{\"date\":\"30.11.2026\"}]}", "another form")]
    [InlineData("{\"count\":\"x\",\"release_dates\":[]}", "another form")]
    [InlineData("{\"error_code\":429,\"error_message\":\"Too Many abcdefghijklmnop0123456789secret\"}", "Too Many (key)")]
    public async Task Get_AnswerThatIsNotUnderstood_SaysSo(string body, string says)
    {
        await using var world = await FredWorld.OpenAsync(Noon);
        world.Fred.Faults.Body = body;

        var problem = await FailureAsync(world);

        Assert.Equal(FredFailure.Answer, problem.Failure);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_HugeAnswer_IsNotReadToItsEnd()
    {
        await using var world = await FredWorld.OpenAsync(Noon);
        world.Fred.Faults.Body = new string(' ', 9 * 1024 * 1024);

        Assert.Equal(FredFailure.Transport, (await FailureAsync(world)).Failure);
    }

    [Fact]
    public async Task Get_NoAnswerInTime_Ends()
    {
        await using var world = await FredWorld.OpenAsync(Noon);
        world.Fred.Faults.Hangs = true;

        var problem = await FailureAsync(world);

        Assert.Equal(FredFailure.Transport, problem.Failure);
        Assert.Contains("within 20 s", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NobodyListens_SaysSoWithoutTheAddress()
    {
        await using var world = await FredWorld.OpenAsync(Noon);
        await world.Fred.DisposeAsync();

        Assert.Equal(FredFailure.Transport, (await FailureAsync(world)).Failure);
    }

    [Fact]
    public async Task Get_WrongKey_IsRefused()
    {
        await using var world = await FredWorld.OpenAsync(Noon);

        var problem = await Assert.ThrowsAsync<FredException>(() => world.Client(new string('x', 32)).GetReleaseDatesAsync(10, new DateOnly(2026, 1, 1), Cancelled));

        Assert.Equal(FredFailure.Refused, problem.Failure);
        Assert.DoesNotContain("xxx", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_TwoRequests_ArePaused()
    {
        await using var world = await FredWorld.OpenAsync(Noon, options => options.PauseSeconds = 1);
        var client = world.Client();
        await client.GetReleaseDatesAsync(10, new DateOnly(2026, 10, 1), Cancelled);

        var second = client.GetReleaseDatesAsync(10, new DateOnly(2026, 10, 1), Cancelled);
        Assert.Single(world.Fred.Requests);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEmpty(await second);
    }

    [Fact]
    public async Task Get_BudgetSpent_SendsNothing()
    {
        await using var world = await FredWorld.OpenAsync(Noon, options => options.RequestsPerDayMax = 1);
        await world.Client().GetReleaseDatesAsync(10, new DateOnly(2026, 10, 1), Cancelled);

        Assert.Equal(FredFailure.Budget, (await FailureAsync(world)).Failure);
        Assert.Single(world.Fred.Requests);
    }

    /// <summary>Neither traces of the runtime nor names and texts of the key show it.</summary>
    [Fact]
    public async Task Key_OfARequest_IsNotShown()
    {
        var shown = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (shown)
                {
                    shown.AddRange(activity.TagObjects.Where(_ => activity.Source.Name == "System.Net.Http").Select(tag => $"{tag.Value}"));
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var world = await FredWorld.OpenAsync(Noon);
        await world.Client().GetReleaseDatesAsync(10, new DateOnly(2026, 10, 1), Cancelled);

        lock (shown)
        {
            Assert.NotEmpty(shown);
            Assert.DoesNotContain(shown, text => text.Contains(FredWorld.Key, StringComparison.OrdinalIgnoreCase));
        }

        Assert.Equal("FRED key (not shown)", $"{FredKey.Of(FredWorld.Key)}");
        Assert.DoesNotContain("SECRET", Assert.Throws<FredKeyException>(() => FredKey.Of("SECRET")).Message, StringComparison.Ordinal);
        Assert.Contains("Economy__Fred__ApiKey", Assert.Throws<FredKeyException>(() => FredKey.Load(new FredOptions())).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<FredKeyException>(() => FredKey.Load(new FredOptions { ApiKeyFile = "/no/such/file" })).Message, StringComparison.Ordinal);
    }

    private static async Task<FredException> FailureAsync(FredWorld world)
    {
        var work = world.Client().GetReleaseDatesAsync(10, new DateOnly(2026, 10, 1), Cancelled);
        while (!work.IsCompleted && world.Fred.Faults.Hangs)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var problem = await Assert.ThrowsAsync<FredException>(() => work);
        Assert.Null(problem.InnerException);
        Assert.DoesNotContain(FredWorld.Key, problem.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("api_key", problem.ToString(), StringComparison.Ordinal);
        return problem;
    }
}
