namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>
/// Checks the text after the trees: importances, parameters, parser settings, pandas categories. None of it changes
/// predictions.
/// </summary>
internal static class ModelTail
{
    /// <param name="lines">Positioned at the mark that ends the trees.</param>
    public static void Check(ModelLines lines)
    {
        var more = !lines.Current.StartsWith("end of", StringComparison.Ordinal) || lines.ReadFilled();
        var importances = false;
        while (more)
        {
            var line = lines.Current;
            if (line is "feature_importances:" or "feature importances:")
            {
                importances = true;
            }
            else if (line == "parameters:")
            {
                importances = false;
                Skip(lines, "parameters", "end of parameters");
            }
            else if (line == "parser:")
            {
                importances = false;
                Skip(lines, "the parser's settings", "end of parser");
            }
            else if (!line.StartsWith("pandas_categorical:", StringComparison.Ordinal)
                && !(importances && line.Contains('=', StringComparison.Ordinal)))
            {
                throw lines.Error("text after the trees that is not LightGBM's; remove it or save the model again");
            }

            more = lines.ReadFilled();
        }
    }

    private static void Skip(ModelLines lines, string what, string end)
    {
        var start = lines.Number;
        while (lines.Read())
        {
            if (lines.Current == end)
            {
                return;
            }
        }

        throw new ModelFormatException($"{what} have no end; the text is truncated, save it again", start);
    }
}
