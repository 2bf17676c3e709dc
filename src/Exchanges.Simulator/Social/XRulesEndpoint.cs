using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>Reads, adds and deletes rules of the stream.</summary>
internal sealed class XRulesEndpoint(XGate gate, XRules rules, Func<DateTimeOffset> now)
{
    public async Task GetAsync(HttpContext context)
    {
        if (await gate.PassAsync(context, XEndpoint.Rules))
        {
            await XGate.AnswerAsync(context, 200, XJson.Write(json =>
            {
                var all = rules.All;
                if (all.Count > 0)
                {
                    Write(json, all);
                }

                Meta(json, all.Count);
            }));
        }
    }

    public async Task PostAsync(HttpContext context)
    {
        if (!await gate.PassAsync(context, XEndpoint.Rules))
        {
            return;
        }

        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        if (body.RootElement.TryGetProperty("delete", out var delete))
        {
            var deleted = delete.GetProperty("ids").EnumerateArray().Count(id => rules.Delete(id.GetString() ?? ""));
            await XGate.AnswerAsync(context, 200, XJson.Write(json => Meta(json, deleted)));
            return;
        }

        var values = body.RootElement.GetProperty("add").EnumerateArray().Select(rule => rule.GetProperty("value").GetString() ?? "").ToList();
        if (values.Any(value => value.Length > XQuery.LengthMax) || rules.All.Count + values.Count > XRules.CountMax)
        {
            await XGate.ProblemAsync(context, 400, "Invalid Request", null);
            return;
        }

        var (added, errors) = (new List<XStreamRule>(), new List<(string Title, string Value)>());
        foreach (var rule in body.RootElement.GetProperty("add").EnumerateArray())
        {
            var value = rule.GetProperty("value").GetString() ?? "";
            try
            {
                if (rules.Add(value, rule.TryGetProperty("tag", out var tag) ? tag.GetString() ?? "" : "") is { } one)
                {
                    added.Add(one);
                }
                else
                {
                    errors.Add(("DuplicateRule", value));
                }
            }
            catch (FormatException)
            {
                errors.Add(("UnprocessableEntity", value));
            }
        }

        await XGate.AnswerAsync(context, 201, XJson.Write(json =>
        {
            Write(json, added);
            Meta(json, added.Count);
            if (errors.Count > 0)
            {
                json.WriteStartArray("errors");
                foreach (var (title, value) in errors)
                {
                    json.WriteStartObject();
                    json.WriteString("title", title);
                    json.WriteString("value", value);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }
        }));
    }

    private void Meta(Utf8JsonWriter json, int count)
    {
        json.WriteStartObject("meta");
        json.WriteString("sent", now().UtcDateTime);
        json.WriteNumber("result_count", count);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<XStreamRule> all)
    {
        json.WriteStartArray("data");
        foreach (var rule in all)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("value", rule.Value);
            json.WriteString("tag", rule.Tag);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
