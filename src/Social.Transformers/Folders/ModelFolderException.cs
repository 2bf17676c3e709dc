namespace BtcAgent.Social.Transformers.Folders;

/// <summary>A folder that is not a model this agent can use; the message says what to do.</summary>
public sealed class ModelFolderException : Exception
{
    public ModelFolderException(string message)
        : base(message)
    {
    }

    public ModelFolderException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
