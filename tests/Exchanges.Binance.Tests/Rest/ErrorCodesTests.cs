using System.Text.Json;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Exchanges.Binance.Execution.Transport;
using BtcAgent.Exchanges.Binance.Rest;

namespace BtcAgent.Exchanges.Binance.Tests.Rest;

/// <summary>
/// The reaction to each of the venue's errors; above all, an unknown outcome is never taken for a failure.
/// </summary>
public sealed class ErrorCodesTests
{
    [Theory]
    [InlineData(500, 0, VenueOutcome.Unknown)]
    [InlineData(502, 0, VenueOutcome.Unknown)]
    [InlineData(503, -1006, VenueOutcome.Unknown)]
    [InlineData(504, -1007, VenueOutcome.Unknown)]
    [InlineData(503, -1008, VenueOutcome.NotNow)]
    [InlineData(400, -1000, VenueOutcome.Unknown)]
    [InlineData(400, -1001, VenueOutcome.Unknown)]
    [InlineData(200, 0, VenueOutcome.Unknown)]
    [InlineData(409, -2021, VenueOutcome.Unknown)]
    [InlineData(400, -9999, VenueOutcome.Unknown)]
    [InlineData(429, -1003, VenueOutcome.NotNow)]
    [InlineData(418, -1003, VenueOutcome.NotNow)]
    [InlineData(403, 0, VenueOutcome.NotNow)]
    [InlineData(400, -1015, VenueOutcome.NotNow)]
    [InlineData(400, -1021, VenueOutcome.NotNow)]
    [InlineData(400, -1013, VenueOutcome.Refused)]
    [InlineData(400, -1102, VenueOutcome.Refused)]
    [InlineData(400, -1121, VenueOutcome.Refused)]
    [InlineData(400, -2010, VenueOutcome.Refused)]
    [InlineData(400, -2011, VenueOutcome.Refused)]
    [InlineData(400, -2013, VenueOutcome.Refused)]
    [InlineData(400, -2022, VenueOutcome.Refused)]
    [InlineData(400, -2099, VenueOutcome.Refused)]
    [InlineData(400, -1022, VenueOutcome.Halt)]
    [InlineData(401, -2014, VenueOutcome.Halt)]
    [InlineData(401, -2015, VenueOutcome.Halt)]
    [InlineData(451, 0, VenueOutcome.Halt)]
    public void MeaningOf_Code_HasItsOutcome(int status, int code, VenueOutcome expected)
    {
        var meaning = ErrorCodes.MeaningOf(status, code);
        Assert.Equal(expected, meaning.Outcome);
        Assert.NotEmpty(meaning.Remedy);
    }

    [Fact]
    public void MeaningOf_EveryKnownCode_HasARemedyAndNoServerErrorIsAFailure()
    {
        foreach (var code in ErrorCodes.All)
        {
            Assert.NotEmpty(ErrorCodes.MeaningOf(400, code).Remedy);
        }

        for (var status = 500; status < 600; status++)
        {
            Assert.Equal(VenueOutcome.Unknown, ErrorCodes.MeaningOf(status, 0).Outcome);
        }
    }

    [Fact]
    public void RecordedBodies_MapAsDocumented()
    {
        var expected = new Dictionary<int, VenueOutcome>
        {
            [-1021] = VenueOutcome.NotNow,
            [-1003] = VenueOutcome.NotNow,
            [-1013] = VenueOutcome.Refused,
            [-2010] = VenueOutcome.Refused,
            [-2011] = VenueOutcome.Refused,
            [-2013] = VenueOutcome.Refused,
        };
        var lines = File.ReadAllLines(RecordedData.Require("json-errors-recorded/errors.jsonl")).Where(line => line.Length > 0).ToList();
        Assert.Equal(12, lines.Count);
        foreach (var line in lines)
        {
            using var json = JsonDocument.Parse(line);
            var (code, message) = ErrorBody.Read(json.RootElement.GetProperty("body"));
            Assert.Equal(json.RootElement.GetProperty("body").GetProperty("msg").GetString(), message);
            Assert.Equal(expected[code], ErrorCodes.MeaningOf(json.RootElement.GetProperty("http_status").GetInt32(), code).Outcome);
        }
    }
}
