# Three servers in the account's default VPC, made of the images that people name, with the options and volumes that
# configurations give them. Every account has a default VPC where the server runs with --default-nets; elsewhere
# `aws ec2 create-default-vpc` makes one.

variable "name" {
  description = "What everything is called."
  default     = "shop"
}

variable "data_size" {
  description = "How large the database's volume is, in GiB."
  default     = 5
}

variable "watched" {
  description = "Whether the web server is monitored, and its metadata told with a token alone."
  default     = false
}

data "aws_vpc" "default" {
  default = true
}

data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }

  filter {
    name   = "default-for-az"
    values = ["true"]
  }
}

data "aws_ami" "ubuntu" {
  most_recent = true
  owners      = ["099720109477"]

  filter {
    name   = "name"
    values = ["ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*"]
  }

  filter {
    name   = "virtualization-type"
    values = ["hvm"]
  }
}

data "aws_ssm_parameter" "al2023" {
  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
}

resource "aws_security_group" "web" {
  name   = "${var.name}-web"
  vpc_id = data.aws_vpc.default.id

  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }

  lifecycle {
    ignore_changes = [name]
  }
}

resource "aws_instance" "web" {
  ami                         = data.aws_ssm_parameter.al2023.insecure_value
  instance_type               = "t3.micro"
  vpc_security_group_ids      = [aws_security_group.web.id]
  associate_public_ip_address = true
  monitoring                  = var.watched
  iam_instance_profile        = "web"
  user_data                   = "#!/bin/sh\necho hello\n"

  metadata_options {
    http_tokens                 = var.watched ? "required" : "optional"
    http_put_response_hop_limit = 2
  }

  credit_specification {
    cpu_credits = var.watched ? "standard" : "unlimited"
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = 20
    encrypted   = true
  }

  ebs_block_device {
    device_name           = "/dev/sdf"
    volume_size           = 5
    delete_on_termination = true
  }

  tags = {
    Name = "${var.name}-web"
  }

  # Of all volumes that are attached to it, so not where one has tags of its own.
  volume_tags = {
    Name = "${var.name}-web"
  }
}

resource "aws_launch_template" "worker" {
  name                   = "worker"
  image_id               = data.aws_ami.ubuntu.id
  instance_type          = var.watched ? "c6i.large" : "c5.large"
  update_default_version = true

  metadata_options {
    http_tokens = "required"
  }

  block_device_mappings {
    device_name = "/dev/sdg"

    ebs {
      volume_size = 3
    }
  }

  network_interfaces {
    security_groups = [aws_security_group.web.id]
  }

  tag_specifications {
    resource_type = "instance"

    tags = {
      Role = "worker"
    }
  }
}

resource "aws_instance" "worker" {
  launch_template {
    id      = aws_launch_template.worker.id
    version = "1"
  }

  tags = {
    Name = "${var.name}-worker"
  }
}

resource "aws_instance" "database" {
  ami           = data.aws_ami.ubuntu.id
  instance_type = "m6i.large"
  subnet_id     = data.aws_subnets.default.ids[0]

  tags = {
    Name = "${var.name}-database"
  }
}

resource "aws_ebs_volume" "data" {
  availability_zone = aws_instance.database.availability_zone
  size              = var.data_size
  type              = "gp3"

  tags = {
    Name = "${var.name}-data"
  }
}

resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdh"
  volume_id   = aws_ebs_volume.data.id
  instance_id = aws_instance.database.id
}

output "web" {
  value = aws_instance.web.public_ip
}

output "image" {
  value = data.aws_ami.ubuntu.name
}
