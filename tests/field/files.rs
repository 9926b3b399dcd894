//! What readers of files and validators of other tools found.
