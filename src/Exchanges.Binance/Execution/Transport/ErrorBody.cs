using System.Text.Json;

namespace BtcAgent.Exchanges.Binance.Execution.Transport;

/// <summary>The venue's error object: <c>{"code":-1013,"msg":"…"}</c>.</summary>
public static class ErrorBody
{
    /// <summary>Returns code zero and an empty message when the JSON is not an error object.</summary>
    public static (int Code, string Message) Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("code", out var code)
            || code.ValueKind != JsonValueKind.Number || !code.TryGetInt32(out var number))
        {
            return (0, "");
        }

        return (number, MessageOf(json));
    }

    private static string MessageOf(JsonElement json)
    {
        if (!json.TryGetProperty("msg", out var text) || text.ValueKind != JsonValueKind.String)
        {
            return "";
        }

        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "(the venue's message is not UTF-8)"; // The code is what matters.
        }
    }
}
