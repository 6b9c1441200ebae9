namespace Crdt.Testing.Histories;

/// <summary>One operation of a history. One whose precondition doesn't hold does nothing, so every part of a history is one too.</summary>
/// <param name="Step">What it does.</param>
/// <param name="Copy">Which copy acts, modulo the copies there are.</param>
/// <param name="Other">Which copy or message it takes, modulo those there are.</param>
/// <param name="Field">Which field it writes, modulo the fields there are.</param>
/// <param name="Choice">Which of the field's values it writes.</param>
/// <param name="Place">Which of the field's keys or items it writes.</param>
internal readonly record struct Operation(Step Step, byte Copy, byte Other, byte Field, byte Choice, byte Place = 0);
