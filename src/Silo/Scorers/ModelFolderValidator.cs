using BtcAgent.Social.Transformers.Folders;
using BtcAgent.Social.Transformers.Scoring;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Scorers;

/// <summary>Reads the files of the model's folder at the start, but not the model itself.</summary>
internal sealed class ModelFolderValidator : IValidateOptions<TransformerOptions>
{
    public ValidateOptionsResult Validate(string? name, TransformerOptions options)
    {
        if (options.Folder.Length == 0)
        {
            return ValidateOptionsResult.Success;
        }

        try
        {
            ModelFolder.Open(options.Folder);
            return ValidateOptionsResult.Success;
        }
        catch (ModelFolderException problem)
        {
            return ValidateOptionsResult.Fail($"{TransformerOptions.Section}:{nameof(options.Folder)}: {problem.Message}");
        }
    }
}
