using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Silo.Tests.Alerts;

/// <summary>Telegram's Bot API on loopback: messages to the bot until they are confirmed by an offset, and the bot's own.</summary>
internal sealed class BotApi : IAsyncDisposable
{
    public const string Token = "123:planted-bot-token";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<long, string> _updates = new();
    private long _number;

    private BotApi(WebApplication app) => _app = app;

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public ConcurrentQueue<string> Sent { get; } = new();

    /// <summary>Updates that the bot has confirmed.</summary>
    public long Confirmed { get; private set; }

    public static async Task<BotApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var api = new BotApi(app);
        app.MapGet($"/bot{Token}/getUpdates", api.Answer);
        app.MapGet($"/bot{Token}/getChat", () => Results.Json(new { ok = true }));
        app.MapPost($"/bot{Token}/sendMessage", (JsonElement message) =>
        {
            api.Sent.Enqueue(message.GetProperty("text").GetString()!);
            return Results.Json(new { ok = true });
        });
        await app.StartAsync();
        return api;
    }

    /// <summary>A message of a person to the bot.</summary>
    public void Say(long chat, long user, string words)
    {
        var number = Interlocked.Increment(ref _number);
        var date = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        _updates[number] = JsonSerializer.Serialize(new
        {
            update_id = number,
            message = new { from = new { id = user }, chat = new { id = chat }, date, text = words },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private IResult Answer(long offset)
    {
        foreach (var old in _updates.Keys.Where(number => number < offset))
        {
            _updates.TryRemove(old, out _);
            Confirmed = Math.Max(Confirmed, old);
        }

        return Results.Text($$"""{"ok":true,"result":[{{string.Join(',', _updates.OrderBy(update => update.Key).Select(update => update.Value))}}]}""", "application/json");
    }
}
