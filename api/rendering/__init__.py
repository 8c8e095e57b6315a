"""The pages as the server writes them: complete without JavaScript, escaped throughout."""
