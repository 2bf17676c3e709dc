using System.Globalization;
using System.Text;
using System.Text.Json;
using BtcAgent.Research.Archives;

namespace BtcAgent.Cli.Downloads;

/// <summary>Writes a day that the archive does not have yet, from the REST API, in the columns of the archive.</summary>
internal sealed class RestDownload(WeightedClient client, Uri rest, string folder, TimeProvider time)
{
    private const int PageMax = 1_000;
    private const long DayMs = 86_400_000;
    private const int CloseTime = 6;

    public async Task<DownloadedFile> GetAsync(DownloadPlan plan, DownloadPart day, CancellationToken cancellationToken)
    {
        if (plan.Kind == ArchiveKind.Trades)
        {
            throw new DownloadException(
                $"the archive has no trades of {plan.Symbol} on {day.First:yyyy-MM-dd}, and the venue's API gives single trades only with a key: end earlier, or use --kind aggTrades");
        }

        var target = Path.Combine(folder, $"{plan.NameOf(day)}.csv");
        var start = new DateTimeOffset(day.First.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();
        var rows = new StringBuilder();
        var address = plan.Kind == ArchiveKind.Klines
            ? $"api/v3/klines?symbol={plan.Symbol}&interval={plan.Interval}&limit={PageMax}&endTime={start + DayMs - 1}&startTime="
            : $"api/v3/aggTrades?symbol={plan.Symbol}&limit={PageMax}&endTime={start + DayMs - 1}&startTime=";
        for (var from = $"{address}{start}"; from is not null;)
        {
            using var page = await PageAsync(new Uri(rest, from), cancellationToken);
            from = plan.Kind == ArchiveKind.Klines
                ? AddKlines(page.RootElement, rows, time.GetUtcNow().ToUnixTimeMilliseconds()) is { } open ? $"{address}{open + 1}" : null
                : AddTrades(page.RootElement, rows, start + DayMs) is { } id ? $"api/v3/aggTrades?symbol={plan.Symbol}&limit={PageMax}&fromId={id + 1}" : null;
        }

        var part = $"{target}.part";
        await File.WriteAllTextAsync(part, rows.ToString(), cancellationToken);
        File.Move(part, target, overwrite: true);
        return new DownloadedFile(target, "rest", new FileInfo(target).Length);
    }

    private async Task<JsonDocument> PageAsync(Uri address, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(address, 0, cancellationToken) ?? throw new DownloadException($"{address} answers 404: correct --symbol or the base address");
        try
        {
            var page = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            return page.RootElement.ValueKind == JsonValueKind.Array ? page : throw new JsonException("not an array");
        }
        catch (JsonException e)
        {
            throw new DownloadException($"{address} does not answer rows ({e.Message}): is the base address that of Binance's API?");
        }
    }

    /// <returns>Open time of the last bar when another page may follow.</returns>
    private static long? AddKlines(JsonElement page, StringBuilder rows, long now)
    {
        // The last bar may still be open.
        foreach (var bar in page.EnumerateArray().Where(bar => bar[CloseTime].GetInt64() < now))
        {
            rows.AppendJoin(',', bar.EnumerateArray().Select(field => field.ValueKind == JsonValueKind.String ? field.GetString() : field.GetRawText())).Append('\n');
        }

        return page.GetArrayLength() == PageMax ? page[PageMax - 1][0].GetInt64() : null;
    }

    /// <returns>Id of the last joined trade when another page may follow.</returns>
    private static long? AddTrades(JsonElement page, StringBuilder rows, long end)
    {
        var last = 0L;
        foreach (var one in page.EnumerateArray())
        {
            var time = one.GetProperty("T").GetInt64();
            if (time >= end)
            {
                return null;
            }

            last = one.GetProperty("a").GetInt64();
            rows.Append(
                CultureInfo.InvariantCulture,
                $"{last},{one.GetProperty("p").GetString()},{one.GetProperty("q").GetString()},{one.GetProperty("f").GetInt64()},{one.GetProperty("l").GetInt64()},{time},{one.GetProperty("m").GetBoolean()},{one.GetProperty("M").GetBoolean()}\n");
        }

        return page.GetArrayLength() == PageMax ? last : null;
    }
}
