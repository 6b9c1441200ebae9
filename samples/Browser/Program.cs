// The page calls when it wants something: see Calls.
return;
