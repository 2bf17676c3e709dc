using System.Text.Json;

namespace BtcAgent.Social.Transformers.Folders;

/// <summary>The parts of <c>config.json</c> and <c>tokenizer_config.json</c> that a scorer needs.</summary>
/// <param name="Kind">Architecture.</param>
/// <param name="Labels">Classes.</param>
/// <param name="TokensMax">Longest text in tokens, with first and last one.</param>
/// <param name="PadToken">Number of the token that fills a shorter text of a batch.</param>
/// <param name="LowerCase">Whether the model was trained on lower-case text; of <c>bert</c> only.</param>
/// <param name="StripAccents">Whether the model was trained on text without accents; of <c>bert</c> only.</param>
public sealed record ModelConfig(ModelKind Kind, ToneLabels Labels, int TokensMax, int PadToken, bool LowerCase, bool StripAccents)
{
    /// <summary>Positions that RoBERTa does not use for text: its first one is after the number of the padding.</summary>
    private const int RobertaOffset = 2;

    private const int PositionsMax = 8_192;

    /// <param name="config"><c>config.json</c>.</param>
    /// <param name="tokenizer"><c>tokenizer_config.json</c>, null without one.</param>
    /// <exception cref="ModelFolderException">A needed part is missing or wrong.</exception>
    public static ModelConfig Read(byte[] config, byte[]? tokenizer)
    {
        using var main = Parse("config.json", config);
        using var second = tokenizer is null ? null : Parse("tokenizer_config.json", tokenizer);
        var kind = Text(main, "model_type") switch
        {
            "bert" => ModelKind.Bert,
            "roberta" => ModelKind.Roberta,
            var other => throw new ModelFolderException($"config.json: model_type is '{other}'; bert (FinBERT) and roberta (CryptoBERT) can be used"),
        };
        var labels = main.RootElement.TryGetProperty("id2label", out var byNumber) && byNumber.ValueKind == JsonValueKind.Object
            ? ToneLabels.Of(byNumber.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.ToString(), StringComparer.Ordinal))
            : throw new ModelFolderException("config.json: id2label is missing: it names the classes of the model's output");
        var positions = Number(main, "max_position_embeddings", null);
        var lowerCase = Flag(second, "do_lower_case") ?? kind == ModelKind.Bert;
        var most = Math.Min(positions - (kind == ModelKind.Roberta ? RobertaOffset : 0), PositionsMax);
        return most >= 3
            ? new ModelConfig(kind, labels, most, Number(main, "pad_token_id", kind == ModelKind.Roberta ? 1 : 0), lowerCase, Flag(second, "strip_accents") ?? lowerCase)
            : throw new ModelFolderException($"config.json: max_position_embeddings is {positions}; 512 is usual");
    }

    private static JsonDocument Parse(string name, byte[] bytes)
    {
        try
        {
            var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            throw new ModelFolderException($"{name} is not a JSON object: copy the model's own file");
        }
        catch (JsonException problem)
        {
            throw new ModelFolderException($"{name}, line {problem.LineNumber + 1}: not JSON; copy the model's own file", problem);
        }
    }

    private static string Text(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int Number(JsonDocument document, string name, int? missing) =>
        document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0
            ? number
            : missing ?? throw new ModelFolderException($"config.json: {name} is missing, or not a whole number of 0 or more");

    private static bool? Flag(JsonDocument? document, string name) =>
        document is not null && document.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? document.RootElement.GetProperty(name).GetBoolean()
            : null;
}
